package dev.firesteel.cli;

import dev.firesteel.machine.SecurityPages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes what the presets are worth. */
@Command(
        name = "security",
        description = "Write the security of every preset, round by round, from the code's constants.",
        footer = {"", "Example:", "  local security --output docs/security"})
final class SecurityCommand extends LocalCommand {
    @Option(
            names = "--output",
            paramLabel = "DIR",
            required = true,
            description = "Where to write README.md and a TOML file per preset for soundcalc.")
    private Path output;

    @Override
    int execute() {
        SecurityPages.all().keySet().forEach(name -> CommandFiles.requireWritable(output.resolve(name)));
        SecurityPages.all().forEach((name, text) -> {
            CommandFiles.write(output.resolve(name), text.getBytes(StandardCharsets.UTF_8));
            out().println(output.resolve(name));
        });
        return CommandLine.ExitCode.OK;
    }
}
