package org.nucleus.marathon.core.launch;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.launch.Fit.Look;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Footprint;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.Instance.Home;
import org.nucleus.marathon.core.state.Instance.LocalVolume;
import org.nucleus.marathon.core.state.Placement;
import org.nucleus.marathon.core.state.Pod;
import org.nucleus.marathon.core.state.RejectReason;
import org.nucleus.marathon.core.state.Volume;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Resource;

/** Cuts what an instance needs out of an offer: from what is free, or from what the instance has reserved. */
final class Cutting {
    private Cutting() {}

    /** What was cut so far, and what is left. */
    private record Cuts(
            List<List<Resource>> parts,
            Stock rest,
            @Nullable Look failure) {}

    private record Need(String name, long thousandths, RejectReason otherwise) {}

    static Look cut(OpenOffer open, App app, Instance waiting, Frame frame) {
        Home home = waiting.home();
        return home == null
                ? fresh(open, app, waiting, frame)
                : again(home, Reservations.of(waiting.id(), open.offer()), open, app, frame);
    }

    /** Where the data is: from the instance's own reservation. */
    private static Look again(Home home, List<Resource> own, OpenOffer open, App app, Frame frame) {
        List<Resource> volumes = own.stream().filter(Reservations::isVolume).toList();
        if (volumes.size() < home.volumes().size()) {
            return Look.no(
                    RejectReason.NO_CORRESPONDING_RESERVATION_FOUND,
                    "the reservation of the instance is not among what is offered");
        }
        Placement reserved = new Placement(List.of(), List.of(), app.role());
        Look look = take(Stock.reserved(own), app, reserved, frame);
        Fit fit = look.fit();
        if (fit == null) {
            return look;
        }
        List<List<Resource>> parts = withVolumes(fit.parts(), volumes, app);
        return new Look(new Fit(parts, fit.ports(), open.stock(), home, List.of()), null, "");
    }

    private static Look fresh(OpenOffer open, App app, Instance waiting, Frame frame) {
        Look look = take(open.stock(), app, app.placement(), frame);
        Fit fit = look.fit();
        return fit == null || !app.isResident() ? look : settle(fit, open.offer(), app, waiting, frame);
    }

    /** Reserves what {@code fit} takes, and creates the volumes. */
    private static Look settle(Fit fit, Offer offer, App app, Instance waiting, Frame frame) {
        String framework = frame.state().frameworkId().orElse("");
        String principal = frame.state().settings().tasks().principal();
        Stock rest = fit.rest();
        List<Resource> disks = new ArrayList<>();
        List<LocalVolume> locals = new ArrayList<>();
        for (Volume.Persistent volume : app.persistentVolumes()) {
            Optional<Stock.Cut> cut = rest.take("disk", volume.size() * 1000, app.placement())
                    .filter(found -> found.taken().size() == 1);
            if (cut.isEmpty()) {
                return Look.no(RejectReason.INSUFFICIENT_DISK, "no room for a volume of " + volume.size() + " MiB");
            }
            disks.add(cut.get().taken().getFirst());
            rest = cut.get().rest();
            String id = app.id().joined() + "#" + volume.containerPath() + "#" + frame.nextUuid();
            locals.add(new LocalVolume(volume.containerPath(), id));
        }
        List<List<Resource>> parts = fit.parts().stream()
                .map(part -> Reservations.reserved(part, app, waiting, framework, principal))
                .toList();
        List<Resource> reservedDisks = Reservations.reserved(disks, app, waiting, framework, principal);
        List<Resource> volumes = new ArrayList<>();
        for (int i = 0; i < locals.size(); i++) {
            Volume.Persistent asked = app.persistentVolumes().get(i);
            volumes.add(Reservations.volume(reservedDisks.get(i), asked, locals.get(i), principal));
        }
        List<Resource> reserved = new ArrayList<>(reservedDisks);
        parts.forEach(reserved::addAll);
        List<Offer.Operation> before = List.of(
                Offer.Operation.builder()
                        .type(Offer.Operation.Type.RESERVE)
                        .reserve(new Offer.Operation.Reserve(List.of(), reserved))
                        .build(),
                Offer.Operation.builder()
                        .type(Offer.Operation.Type.CREATE)
                        .create(new Offer.Operation.Create(volumes))
                        .build());
        Home home = new Home(offer.agentId().value(), offer.hostname(), locals, false);
        return new Look(new Fit(withVolumes(parts, volumes, app), fit.ports(), rest, home, before), null, "");
    }

    /** Volumes belong to the task; of a pod, to its executor, whose containers share them. */
    private static List<List<Resource>> withVolumes(List<List<Resource>> parts, List<Resource> volumes, App app) {
        List<List<Resource>> all = new ArrayList<>(parts);
        List<Resource> first = new ArrayList<>(all.getFirst());
        first.addAll(volumes);
        all.set(0, first);
        return all;
    }

    private static Look take(Stock stock, App app, Placement placement, Frame frame) {
        Cuts cuts = new Cuts(new ArrayList<>(), stock, null);
        for (Footprint part : footprints(app)) {
            cuts = take(part, cuts, placement);
            if (cuts.failure() != null) {
                return cuts.failure();
            }
        }
        Optional<List<Integer>> ports = PortPicker.pick(app.ports(), cuts.rest().ports(placement), frame::nextInt);
        if (ports.isEmpty()) {
            return Look.no(
                    RejectReason.INSUFFICIENT_PORTS, "the ports " + app.ports().numbers() + " are not all to be had");
        }
        Cuts whole = ports(ports.get(), cuts, app, placement);
        return new Look(new Fit(whole.parts(), ports.get(), whole.rest(), null, List.of()), null, "");
    }

    private static List<Footprint> footprints(App app) {
        Pod pod = app.pod();
        if (pod == null) {
            return List.of(app.footprint());
        }
        List<Footprint> all = new ArrayList<>();
        all.add(pod.executor());
        pod.containers().forEach(container -> all.add(container.resources()));
        return all;
    }

    private static Cuts take(Footprint needs, Cuts before, Placement placement) {
        List<Resource> taken = new ArrayList<>();
        Stock rest = before.rest();
        for (Need need : List.of(
                new Need("cpus", needs.cpus(), RejectReason.INSUFFICIENT_CPUS),
                new Need("mem", needs.mem(), RejectReason.INSUFFICIENT_MEMORY),
                new Need("disk", needs.disk(), RejectReason.INSUFFICIENT_DISK),
                new Need("gpus", needs.gpus() * 1000L, RejectReason.INSUFFICIENT_GPUS))) {
            Optional<Stock.Cut> cut = rest.take(need.name(), need.thousandths(), placement);
            if (cut.isEmpty()) {
                String detail = "needs " + amount(need.thousandths()) + " " + need.name() + ", "
                        + amount(rest.available(need.name(), placement)) + " were left";
                return new Cuts(before.parts(), rest, Look.no(need.otherwise(), detail));
            }
            taken.addAll(cut.get().taken());
            rest = cut.get().rest();
        }
        List<List<Resource>> parts = new ArrayList<>(before.parts());
        parts.add(taken);
        return new Cuts(parts, rest, null);
    }

    /** Each port goes to the part that listens there. */
    private static Cuts ports(List<Integer> ports, Cuts cuts, App app, Placement placement) {
        List<List<Resource>> parts = new ArrayList<>(cuts.parts());
        Stock rest = cuts.rest();
        int at = 0;
        for (int part = 0; part < parts.size(); part++) {
            int count = portsOf(app, part);
            List<Integer> here = ports.subList(at, at + count).stream()
                    .filter(port -> port != 0)
                    .toList();
            Stock.Cut cut = rest.takePorts(here, placement);
            List<Resource> more = new ArrayList<>(parts.get(part));
            more.addAll(cut.taken());
            parts.set(part, more);
            rest = cut.rest();
            at += count;
        }
        return new Cuts(parts, rest, null);
    }

    private static int portsOf(App app, int part) {
        Pod pod = app.pod();
        if (pod == null) {
            return app.ports().definitions().size();
        }
        return part == 0 ? 0 : pod.containers().get(part - 1).endpoints().size();
    }

    private static String amount(long thousandths) {
        return BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
    }
}
