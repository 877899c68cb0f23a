package io.bootgate.image.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.bootgate.image.BuildLog;
import io.bootgate.image.ImageBuildException;
import io.bootgate.source.dockerfile.Dockerfile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds with the BuildKit inside Docker Engine, for Dockerfiles that the classic builder cannot read. Without a session:
 * secrets and SSH agents cannot be handed over.
 */
final class BuildKitBuild implements Route {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DockerHttpClient http;
    private final DockerBuild build;
    private final Dockerfile dockerfile;
    private final BuildContext context;

    BuildKitBuild(DockerHttpClient http, DockerBuild build, Dockerfile dockerfile, BuildContext context) {
        this.http = http;
        this.build = build;
        this.dockerfile = dockerfile;
        this.context = context;
    }

    /** The same with another context. */
    BuildKitBuild with(BuildContext other) {
        return new BuildKitBuild(http, build, dockerfile, other);
    }

    @Override
    public BuildRun run(BuildLog log) {
        BuildKitLog steps = new BuildKitLog(dockerfile, log);
        String imageId = null;
        String error = null;
        // docker-java's build command does not know the parameter "version".
        try (InputStream archive = context.archive();
                Response response = http.execute(Request.builder()
                        .method(Request.Method.POST)
                        .path("/build?" + query())
                        .putHeader("Content-Type", "application/x-tar")
                        .body(archive)
                        .build());
                MappingIterator<JsonNode> items = JSON.readerFor(JsonNode.class).readValues(response.getBody())) {
            while (items.hasNextValue()) {
                JsonNode item = items.nextValue();
                if (item.has("errorDetail")) {
                    error = item.path("errorDetail").path("message").asText().trim();
                } else if (response.getStatusCode() >= 400) {
                    error = item.path("message").asText().trim();
                } else if (item.path("id").asText().equals("moby.buildkit.trace")) {
                    steps.read(BuildKitTrace.parse(
                            Base64.getDecoder().decode(item.path("aux").asText())));
                } else if (item.path("aux").has("ID")) {
                    imageId = item.path("aux").path("ID").asText();
                }
            }
        } catch (ImageBuildException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw BuildRun.lost(build, steps.failing(), e);
        }
        steps.end();
        if (error == null && imageId == null) {
            throw BuildRun.lost(build, steps.failing(), null);
        }
        return error == null
                ? new BuildRun(Optional.ofNullable(imageId), Optional.empty(), "", steps.output())
                : new BuildRun(Optional.empty(), steps.failing(), error, steps.output());
    }

    private String query() throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("version", "2");
        parameters.put("t", build.reference());
        parameters.put("dockerfile", context.dockerfileName());
        parameters.put("buildargs", JSON.writeValueAsString(build.args()));
        BuildOptions options = build.options();
        parameters.put("labels", JSON.writeValueAsString(options.labels()));
        if (!options.cacheFrom().isEmpty()) {
            parameters.put("cachefrom", JSON.writeValueAsString(options.cacheFrom()));
        }
        options.network().ifPresent(network -> parameters.put("networkmode", network));
        build.target().ifPresent(target -> parameters.put("target", target));
        build.platform().ifPresent(platform -> parameters.put("platform", platform));
        if (build.pull()) {
            parameters.put("pull", "1");
        }
        if (build.noCache()) {
            parameters.put("nocache", "1");
        }
        return Stream.concat(
                        parameters.entrySet().stream().map(parameter -> pair(parameter.getKey(), parameter.getValue())),
                        options.extraHosts().stream().map(host -> pair("extrahosts", host)))
                .collect(Collectors.joining("&"));
    }

    private static String pair(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
