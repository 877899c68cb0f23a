package io.bootgate.deployment.document;

/** A node of a document. Aliases make one node appear in several places, so nodes are never compared as a whole. */
public sealed interface Node permits Scalar, Sequence, Mapping, Unknown {
    Place place();

    /** Where a node starts, 1 for the first line and column. */
    record Place(int line, int column) {}
}
