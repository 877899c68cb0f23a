package io.bootgate.image.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.source.dockerfile.Dockerfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages are those of Docker Engine 20.10.24's BuildKit and of Podman 4.3.1. */
class NamedInstructionTest {
    private static final Dockerfile DOCKERFILE = Dockerfile.parse("""
            ARG BASE
            FROM 127.0.0.1:5999/acme/base:1 AS first
            FROM python:${VERSION} AS second
            ENV FOO
            FROM ${BASE}
            COPY --from=builder /x /y
            COPY --from=first /x /y
            ADD http://127.0.0.1:9/x.tar.gz /x
            EXPOSE 80 abc
            """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | failed to solve with frontend dockerfile.v0: failed to create LLB definition: failed to do request: Head"
                        + " \"http://127.0.0.1:5999/v2/acme/base/manifests/1\": dial tcp 127.0.0.1:5999: connect: connection refused",
                "3 | failed to solve with frontend dockerfile.v0: failed to create LLB definition: failed to do request: Head"
                        + " \"https://registry-1.docker.io/v2/library/python/manifests/3.11-slim\": dial tcp: lookup"
                        + " registry-1.docker.io: no such host",
                "3 | failed to solve with frontend dockerfile.v0: failed to create LLB definition: failed to parse stage name"
                        + " \"python:\": invalid reference format",
                "4 | failed to solve with frontend dockerfile.v0: failed to create LLB definition: ENV must have two arguments",
                "4 | parsing main Dockerfile: /var/tmp/libpod_builder3369352162/build/Dockerfile: ENV must have two arguments",
                "6 | failed to load cache key: failed to do request: Head"
                        + " \"https://registry-1.docker.io/v2/library/builder/manifests/latest\": dial tcp: no such host",
                "8 | failed to load cache key: Get \"http://127.0.0.1:9/x.tar.gz\": dial tcp 127.0.0.1:9: connect: connection"
                        + " refused",
                "9 | failed to solve with frontend dockerfile.v0: failed to create LLB definition: Invalid containerPort: abc",
                "9 | failed to convert ImageData to ImageInspect '62cb30c470d2': unable to create tcp port from abc/tcp:"
                        + " strconv.ParseUint: parsing \"abc\": invalid syntax",
            })
    void findsTheLine(int line, String error) {
        assertThat(new NamedInstruction(DOCKERFILE, error).find())
                .hasValueSatisfying(found -> assertThat(found.line()).isEqualTo(line));
    }

    @ParameterizedTest
    @CsvSource({"something new", "network backend not found"})
    void guessesNothing(String error) {
        assertThat(new NamedInstruction(DOCKERFILE, error).find()).isEmpty();
    }
}
