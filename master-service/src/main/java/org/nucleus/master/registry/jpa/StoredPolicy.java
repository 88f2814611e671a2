package org.nucleus.master.registry.jpa;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.nucleus.master.core.state.AgentOrder;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Policy;
import org.nucleus.master.core.state.Quota;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.DrainInfo;
import org.nucleus.wire.MachineId;
import org.nucleus.wire.WeightInfo;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.master.QuotaConfig;
import org.nucleus.wire.master.Schedule;

/**
 * What operators set, as rows: the kind stands before the first blank of a row's id, whom it is for behind; what is set
 * is a message of the v1 API as JSON.
 */
final class StoredPolicy {
    private static final JsonCodec JSON = JsonCodec.v1();
    private static final String QUOTA = "quota";
    private static final String WEIGHT = "weight";
    private static final String SCHEDULE = "schedule";
    private static final String DOWN = "down";
    private static final String AGENT = "agent";

    private StoredPolicy() {}

    /** The row that {@code decree} is in. */
    static String rowOf(Change.Decree decree) {
        return switch (decree) {
            case Change.QuotaSet(var role, var _) -> QUOTA + " " + role;
            case Change.WeightSet(var role, var _) -> WEIGHT + " " + role;
            case Change.ScheduleSet _ -> SCHEDULE + " ";
            case Change.MachineTakenDown(var machine) -> DOWN + " " + name(machine);
            case Change.MachineBroughtUp(var machine) -> DOWN + " " + name(machine);
            case Change.AgentOrdered(var agent, var _) -> AGENT + " " + agent;
        };
    }

    static void store(Change.Decree decree, RowBatch<DecreeRow> rows) {
        String id = rowOf(decree);
        switch (decree) {
            case Change.QuotaSet(var _, var quota) when quota.isNone() -> rows.delete(id);
            case Change.QuotaSet(var role, var quota) -> write(rows.write(id), quota.config(role));
            case Change.WeightSet(var role, var weight) -> write(rows.write(id), new WeightInfo(weight, role));
            case Change.ScheduleSet(var schedule) -> write(rows.write(id), schedule);
            case Change.MachineTakenDown(var machine) -> write(rows.write(id), machine);
            case Change.MachineBroughtUp _ -> rows.delete(id);
            case Change.AgentOrdered(var _, var order) when order == null -> rows.delete(id);
            case Change.AgentOrdered(var _, var order) -> write(rows.write(id), order);
        }
    }

    static Policy read(List<DecreeRow> rows) {
        Policy policy = Policy.none();
        for (DecreeRow row : rows) {
            policy = policy.with(decree(row));
        }
        return policy;
    }

    private static Change.Decree decree(DecreeRow row) {
        int blank = row.id.indexOf(' ');
        String whom = row.id.substring(blank + 1);
        String kind = row.id.substring(0, blank);
        return switch (kind) {
            case QUOTA -> new Change.QuotaSet(whom, Quota.of(decode(row, QuotaConfig.class)));
            case WEIGHT ->
                new Change.WeightSet(whom, decode(row, WeightInfo.class).weight());
            case SCHEDULE -> new Change.ScheduleSet(decode(row, Schedule.class));
            case DOWN -> new Change.MachineTakenDown(decode(row, MachineId.class));
            case AGENT -> new Change.AgentOrdered(new AgentId(whom), order(row));
            default -> throw new IllegalStateException("A newer master stored a decree of kind " + kind);
        };
    }

    private static AgentOrder order(DecreeRow row) {
        return new AgentOrder(row.info.isEmpty() ? null : decode(row, DrainInfo.class), row.since);
    }

    private static <T extends Record> T decode(DecreeRow row, Class<T> type) {
        return JSON.decode(row.info.getBytes(StandardCharsets.UTF_8), type);
    }

    private static void write(DecreeRow row, Record message) {
        row.info = JSON.encodeToString(message);
        row.since = Instant.EPOCH;
    }

    private static void write(DecreeRow row, AgentOrder order) {
        DrainInfo drain = order.drain();
        row.info = drain == null ? "" : JSON.encodeToString(drain);
        row.since = order.since();
    }

    private static String name(MachineId machine) {
        return Objects.requireNonNullElse(machine.hostname(), "") + " " + Objects.requireNonNullElse(machine.ip(), "");
    }
}
