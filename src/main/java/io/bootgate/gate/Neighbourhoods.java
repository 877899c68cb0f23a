package io.bootgate.gate;

import io.bootgate.engine.Container;
import io.bootgate.engine.ContainerEngine;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.engine.ImageFacts;
import io.bootgate.judge.Verdict.NotReady;
import io.bootgate.judge.Verdict.Reason;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.Boot;
import io.bootgate.timeline.BootEvent;
import io.bootgate.watch.Besides;
import io.bootgate.watch.Watched;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes what is deployed beside an image anew for each of its boots; nothing where there is no descriptor. */
final class Neighbourhoods {
    private final Supplier<Optional<Neighbourhood>> anew;

    private Neighbourhoods(Supplier<Optional<Neighbourhood>> anew) {
        this.anew = anew;
    }

    /** Looks for the images first, so that nothing is booted if one cannot be had. */
    static Neighbourhoods of(
            ContainerEngine engine, GateLog log, GateRequest request, ImageFacts image, Secrets secrets) {
        if (request.deployed().isEmpty()) {
            return new Neighbourhoods(Optional::empty);
        }
        DeployedService service = request.deployed().get();
        NeighbourImages images = new NeighbourImages(
                engine, log, service.own(), image, request.container().image());
        images.check(service.others());
        NeighbourWatch watch = new NeighbourWatch(engine, request, service, secrets);
        return new Neighbourhoods(() -> Optional.of(new Neighbourhood(engine, log, request, service, images, watch)));
    }

    One next() {
        return new One(anew.get());
    }

    /** Those beside, who come and go within the life of the container under test. */
    record Others(Optional<Neighbourhood> some) implements Besides, AutoCloseable {
        @Override
        public void begin(Map<Integer, InetSocketAddress> published, Told told) {
            some.ifPresent(known -> known.begin(published, told));
        }

        @Override
        public void close() {
            some.ifPresent(Neighbourhood::end);
        }
    }

    /** What is beside one boot. */
    record One(Optional<Neighbourhood> some) implements AutoCloseable {
        ContainerSpec placed(ContainerSpec spec) {
            return some.map(known -> known.placed(spec)).orElse(spec);
        }

        void complete(Container created) {
            some.ifPresent(known -> known.complete(created));
        }

        List<BootEvent> hidden() {
            return some.map(Neighbourhood::hidden).orElse(List.of());
        }

        Optional<Neighbourhood.Obstacle> prepare() {
            return some.flatMap(Neighbourhood::prepare);
        }

        Boot completed(Boot boot) {
            return some.map(known -> known.completed(boot)).orElse(boot);
        }

        List<Finding> causes(Neighbourhood.Obstacle obstacle) {
            return some.map(known -> known.causes(obstacle)).orElse(List.of());
        }

        /** Why others did not come up; those that are lost only if that is what decided. */
        List<Finding> causes(Watched watched) {
            boolean lost = watched.verdict() instanceof NotReady no && no.reason() == Reason.NEIGHBOUR_LOST;
            return lost ? some.map(Neighbourhood::causes).orElse(List.of()) : List.of();
        }

        Others others() {
            return new Others(some);
        }

        @Override
        public void close() {
            some.ifPresent(Neighbourhood::close);
        }
    }
}
