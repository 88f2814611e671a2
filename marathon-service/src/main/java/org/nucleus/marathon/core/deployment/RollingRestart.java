package org.nucleus.marathon.core.deployment;

/**
 * The arithmetic of replacing all instances of an app. Source: TaskReplaceActor.computeRestartStrategy; pinned by the
 * vectors of RestartStrategyTest.
 */
final class RollingRestart {
    private RollingRestart() {}

    /** @param maxCapacity how many may exist at once; @param killNow how many old ones may go at once */
    record Strategy(int maxCapacity, int killNow) {}

    /** @param n the target; @param healthy of the current ones; @param resident whether instances own reservations */
    record Situation(int n, double minimumHealth, double maximumOver, boolean resident, int healthy, int current) {}

    static Strategy strategy(Situation now) {
        int minHealthy = minHealthy(now.n(), now.minimumHealth());
        int maxCapacity = (int) (now.n() * (1 + now.maximumOver()));
        int killNow = Math.max(0, now.healthy() - minHealthy);
        if (minHealthy == maxCapacity && maxCapacity <= now.healthy()) {
            if (now.resident()) {
                killNow = now.healthy() - minHealthy + 1;
            } else {
                maxCapacity += 1;
            }
        }
        if (now.n() < now.current()) {
            killNow = Math.max(now.current() - now.n(), killNow);
        }
        return new Strategy(maxCapacity, killNow);
    }

    static int minHealthy(int n, double minimumHealth) {
        return (int) Math.ceil(n * minimumHealth);
    }
}
