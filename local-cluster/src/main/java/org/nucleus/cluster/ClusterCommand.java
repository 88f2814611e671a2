package org.nucleus.cluster;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nucleus.cluster.rest.Patience;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program behind {@code ./nucleus up} and {@code ./nucleus down}. */
@Command(
        name = "nucleus",
        description = "A local Nucleus cluster.",
        subcommands = {Up.class, Down.class})
public final class ClusterCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--home",
            scope = ScopeType.INHERIT,
            defaultValue = ".nucleus",
            description = "The directory that holds the cluster.")
    private Path home;

    /** Exits with 0 if all went well, 1 if it could not be done, 2 if the words make no sense. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ClusterCommand()).setExecutionExceptionHandler((failure, line, parsed) -> {
            if (failure instanceof CannotStart || failure instanceof Patience.GaveUp) {
                line.getErr().println("nucleus: " + failure.getMessage());
                return 1;
            }
            throw failure;
        });
    }

    Site site() {
        return new Site(home);
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 2;
    }
}
