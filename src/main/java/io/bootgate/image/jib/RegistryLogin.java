package io.bootgate.image.jib;

import java.util.Optional;

/** Logins that the caller knows; docker's own and its credential helpers are asked after them. */
@FunctionalInterface
public interface RegistryLogin {
    /** Knows none. */
    RegistryLogin NONE = registry -> Optional.empty();

    /** A name and a password: never to be printed. */
    record Login(String name, String password) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The login for a registry as {@code registry.example.org:5000}. */
    Optional<Login> of(String registry);
}
