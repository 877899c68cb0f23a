package io.bootgate.deployment.document;

/**
 * Stands where only the platform knows the value.
 *
 * @param why it is not known, for the user
 */
public record Unknown(Place place, String why, boolean secret) implements Node {}
