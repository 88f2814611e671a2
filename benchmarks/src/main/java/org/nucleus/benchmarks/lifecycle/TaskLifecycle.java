package org.nucleus.benchmarks.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nucleus.access.Credential;
import org.nucleus.access.Mechanism;
import org.nucleus.benchmarks.Figures;
import org.nucleus.scheduler.SchedulerClient;

/**
 * Command tasks per second from ACCEPT to TASK_FINISHED acknowledged, and the time from ACCEPT to TASK_RUNNING, on a
 * running cluster with authentication and durable stores on; beside them what fork and exec alone allow, in the same run.
 * Reads {@code NUCLEUS_ZK}, {@code NUCLEUS_PRINCIPAL} and {@code NUCLEUS_SECRET} from the environment, as
 * {@code .nucleus/env} sets them.
 */
public final class TaskLifecycle {
    private static final int WARM_UP = 200;
    private static final int ROUNDS = 5;
    private static final int TASKS = 600;
    private static final int ONE_AT_A_TIME = 100;

    private TaskLifecycle() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = System.getenv();
        String master = Optional.ofNullable(environment.get("NUCLEUS_ZK"))
                .orElseThrow(() ->
                        new IllegalArgumentException("Set NUCLEUS_ZK: `. .nucleus/env` of a running cluster does"));
        String principal = environment.getOrDefault("NUCLEUS_PRINCIPAL", "");
        Optional<Credential> credential =
                Optional.ofNullable(environment.get("NUCLEUS_SECRET")).map(secret -> new Credential(principal, secret));
        try (BenchmarkFramework framework = new BenchmarkFramework(
                new SchedulerClient.Settings(master, credential, Mechanism.CRAM_MD5),
                System.getProperty("user.name"))) {
            framework.start(principal);
            framework.run(WARM_UP);
            report(framework);
        }
    }

    private static void report(BenchmarkFramework framework) throws Exception {
        List<Double> perSecond = new ArrayList<>();
        List<Double> limits = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            limits.add(ForkExecLimit.measure(2, Duration.ofSeconds(2)));
            perSecond.add(throughput(framework));
        }
        List<Double> alone = new ArrayList<>();
        for (int i = 0; i < ONE_AT_A_TIME; i++) {
            alone.addAll(framework.run(1).runningMillis());
        }
        Figures tasks = Figures.of(perSecond);
        Figures limit = Figures.of(limits);
        System.out.println(Figures.header());
        System.out.println(tasks.row(TASKS + " command tasks, ACCEPT to TASK_FINISHED acknowledged", "tasks/s"));
        System.out.println(limit.row("fork+exec+wait of `sh -c true` alone, 2 threads", "starts/s"));
        System.out.println(Figures.of(alone).row("one task at a time, ACCEPT to TASK_RUNNING", "ms"));
        System.out.printf(
                Locale.ROOT, "%nratio of medians, tasks to starts: %.2f%n", tasks.quantile(0.5) / limit.quantile(0.5));
    }

    private static double throughput(BenchmarkFramework framework) throws Exception {
        long start = System.nanoTime();
        BenchmarkFramework.Batch batch = framework.run(TASKS);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (batch.failed() > 0) {
            throw new IllegalStateException(batch.failed() + " tasks did not finish");
        }
        return TASKS / seconds;
    }
}
