package dev.firesteel.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands share: errors in one line on standard error, a stack trace only with {@code --verbose}. */
abstract class LocalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    // Not picocli's standard options: they bring --version, which is the launcher's to answer.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(names = "--verbose", description = "Print stack traces of errors.")
    private boolean verbose;

    /** Does the work; returns the exit code. */
    abstract int execute();

    @Override
    public final Integer call() {
        try {
            return execute();
        } catch (UserException e) {
            return fail(e.getMessage(), e, UserException.EXIT_CODE);
        } catch (ParameterException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            return fail(Messages.firstLine(e) + "; --verbose shows where", e, CommandLine.ExitCode.SOFTWARE);
        } finally {
            out().flush();
            err().flush();
        }
    }

    private int fail(String message, Throwable cause, int code) {
        err().println("error: " + Messages.firstLine(message));
        if (verbose) {
            cause.printStackTrace(err());
        }
        return code;
    }

    /** What to throw for options that contradict their meaning. */
    final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
