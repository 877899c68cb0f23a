package io.bootgate.rule.cause;

/** The causes of a failed boot. The names are public and stable; each has a page in {@code docs/causes}. */
public enum CauseId {
    COMMAND_NOT_FOUND("The start command is not in the image"),
    COMMAND_NOT_EXECUTABLE("The start command may not be executed"),
    CRLF_LINE_ENDINGS("A script has Windows line endings"),
    BAD_INTERPRETER("A script has no interpreter that the image has"),
    WRONG_ARCHITECTURE("The image is for another processor"),
    USER_NOT_FOUND("The image's USER does not exist"),
    ENTRYPOINT_FAILED("The entry script failed before the server was started"),
    SERVER_NOT_STARTED("No server was ever started"),
    SERVER_MISCONFIGURED("The server rejects its configuration"),
    ADDRESS_IN_USE("The port is already taken inside the container"),
    PORT_COLLISION("Two containers that share a network want the same port"),
    ADDRESS_INVALID("The bind address is not one of the container's"),
    PORT_NOT_PERMITTED("The user may not bind this port"),
    LOOPBACK_BIND("The server listens on loopback only"),
    PORT_MISMATCH("The server listens on another port"),
    UNREACHABLE_BIND("The server listens where no network reaches it"),
    APP_NOT_FOUND("The server cannot find the application object"),
    MISSING_MODULE("A module is missing from the image"),
    DEPENDENCY_CONFLICT("Installed distributions do not fit together"),
    MISSING_SYSTEM_LIBRARY("A system library is missing from the image"),
    PYTHON_VERSION_MISMATCH("The code needs another version of Python"),
    SYNTAX_ERROR("The source is not valid Python"),
    MISSING_ENV("A required environment variable is not set"),
    INVALID_ENV("An environment variable has a value that cannot be used"),
    VOLUME_HIDES_APP("A volume hides what the image has at its path"),
    MISSING_FILE("A file is missing from the image"),
    PERMISSION_DENIED("The user may not access a file"),
    READ_ONLY_FILESYSTEM("A write hit the read-only file system"),
    DISK_FULL("There is no space left to write to"),
    BACKEND_UNREACHABLE("A service that is needed at start cannot be reached"),
    SYSTEM_EXIT("The application ends the process while it is loaded"),
    APP_ERROR("The application fails while it is loaded"),
    WORKER_TIMEOUT("A worker took longer than the server's time limit"),
    BOOT_HANG("The application hangs while it is loaded"),
    OUT_OF_MEMORY("The memory limit is too small"),
    RESOURCE_LIMIT("A limit on processes or files was reached"),
    NATIVE_CRASH("Native code crashed"),
    KILLED("A process was killed"),
    CRASH_LOOP("Workers die again and again"),
    HTTP_ERROR("The service answers with server errors"),
    HTTP_NO_ANSWER("The service accepts requests and never answers"),
    UNHEALTHY("The image's HEALTHCHECK fails"),
    PROBE_WOULD_FAIL("A probe of the platform fails"),
    BUILD_FAILED("The image could not be built"),
    EXITED("The container ended early"),
    UNKNOWN("The service did not come up, and the reason could not be told");

    private final String title;

    CauseId(String title) {
        this.title = title;
    }

    /** The fault in general, as a sentence without a full stop. */
    public String title() {
        return title;
    }
}
