package org.nucleus.master.view;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.nucleus.master.core.state.Machines;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.core.state.Quota;
import org.nucleus.resources.Scalar;
import org.nucleus.wire.MachineId;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;
import org.nucleus.wire.WeightInfo;
import org.nucleus.wire.master.ClusterStatus;
import org.nucleus.wire.master.InverseOfferStatus;
import org.nucleus.wire.master.QuotaConfig;
import org.nucleus.wire.master.QuotaInfo;
import org.nucleus.wire.master.QuotaStatus;
import org.nucleus.wire.master.Window;

/** What operators have set, as the APIs tell of it. */
public final class PolicyAnswers {
    private PolicyAnswers() {}

    /** The quotas of the roles that are {@code visible}, in today's form and in the one of before 1.9. */
    public static QuotaStatus quotas(Picture picture, Predicate<String> visible) {
        List<QuotaInfo> infos = new ArrayList<>();
        List<QuotaConfig> configs = new ArrayList<>();
        picture.policy().quotas().forEach((role, quota) -> {
            if (visible.test(role)) {
                infos.add(new QuotaInfo(role, null, guarantee(quota)));
                configs.add(quota.config(role));
            }
        });
        return new QuotaStatus(infos, configs);
    }

    private static List<Resource> guarantee(Quota quota) {
        List<Resource> resources = new ArrayList<>();
        quota.guarantees()
                .forEach((name, amount) -> resources.add(Resource.builder()
                        .name(name)
                        .type(Value.Type.SCALAR)
                        .scalar(new Value.Scalar(Scalar.toDouble(amount)))
                        .build()));
        return resources;
    }

    public static List<WeightInfo> weights(Picture picture, Predicate<String> visible) {
        return picture.policy().weights().entrySet().stream()
                .filter(weight -> visible.test(weight.getKey()))
                .map(weight -> new WeightInfo(weight.getValue(), weight.getKey()))
                .toList();
    }

    /** The machines that are in the schedule: those that drain, with what frameworks answered, and those down. */
    public static ClusterStatus maintenance(Picture picture) {
        List<ClusterStatus.DrainingMachine> draining = new ArrayList<>();
        for (Window window : picture.policy().schedule().windows()) {
            for (MachineId machine : window.machineIds()) {
                if (!picture.policy().down().contains(machine)) {
                    draining.add(new ClusterStatus.DrainingMachine(machine, answers(machine, picture)));
                }
            }
        }
        return new ClusterStatus(draining, List.copyOf(picture.policy().down()));
    }

    private static List<InverseOfferStatus> answers(MachineId machine, Picture picture) {
        return picture.agents().stream()
                .filter(agent -> Machines.is(machine, agent.agent()))
                .flatMap(agent -> agent.answers().stream())
                .toList();
    }
}
