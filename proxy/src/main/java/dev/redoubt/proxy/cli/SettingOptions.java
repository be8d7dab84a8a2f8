package dev.redoubt.proxy.cli;

import dev.redoubt.proxy.config.CommandLineValues;
import dev.redoubt.proxy.config.Group;
import dev.redoubt.proxy.config.Setting;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The table of settings as options. Built by program, not from annotations, and for the one command that runs: scanning would cost
 * start-up time. Stateless.
 */
final class SettingOptions {
    private SettingOptions() {}

    static CommandSpec spec(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description).width(110).autoWidth(false).sortOptions(false);
        spec.parser()
                .collectErrors(true)
                .unmatchedArgumentsAllowed(true)
                .overwrittenOptionsAllowed(true)
                .caseInsensitiveEnumValuesAllowed(true);
        spec.addOption(OptionSpec.builder("--help").usageHelp(true).description("Show this and end.").build());
        spec.addOption(OptionSpec.builder("--version").versionHelp(true).description("Show the version and end.").build());
        for (Group group : Group.values()) {
            spec.addArgGroup(section(group));
        }
        return spec;
    }

    private static ArgGroupSpec section(Group group) {
        ArgGroupSpec.Builder section =
                ArgGroupSpec.builder().heading("%n" + group.title() + "%n").validate(false).exclusive(false);
        Setting.of(group).forEach(setting -> section.addArg(option(setting)));
        return section.build();
    }

    private static OptionSpec option(Setting setting) {
        OptionSpec.Builder option = OptionSpec.builder(setting.options().toArray(String[]::new))
                .description(description(setting))
                .type(List.class)
                .auxiliaryTypes(String.class)
                .required(false);
        if (setting.isFlag()) {
            return option.arity("0..1").fallbackValue("true").paramLabel("BOOL").build();
        }
        return option.arity("1").paramLabel(label(setting)).build();
    }

    private static String label(Setting setting) {
        return setting.kind().toUpperCase(Locale.ROOT);
    }

    /** Percent signs are picocli's format characters. */
    private static String[] description(Setting setting) {
        String fallback = setting.defaultText();
        String given = fallback == null ? "" : " Default " + fallback + ".";
        String allowed = setting.isFlag() ? "" : " Allowed: " + setting.allowed() + ".";
        return new String[] {(setting.description() + given + allowed).replace("%", "%%").replace("@|", "@ |")};
    }

    /** What was typed, with every problem of it. */
    static CommandLineValues values(ParseResult parsed) {
        CommandLineValues values = new CommandLineValues();
        for (Setting setting : Setting.values()) {
            OptionSpec option = parsed.commandSpec().findOption(setting.option());
            if (parsed.hasMatchedOption(option)) {
                values.add(setting, typed(parsed, setting), option.originalStringValues());
            }
        }
        addUnknown(parsed.unmatched(), values);
        parsed.errors().forEach(error -> addError(parsed, error, values));
        return values;
    }

    /** The spelling that was used. */
    private static String typed(ParseResult parsed, Setting setting) {
        return parsed.originalArgs().stream()
                .map(argument -> argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument)
                .filter(setting.options()::contains)
                .findFirst()
                .orElse(setting.option());
    }

    /** What follows an unknown option is taken for its value, not for one more problem. */
    private static void addUnknown(List<String> unmatched, CommandLineValues values) {
        boolean afterOption = false;
        for (String argument : unmatched) {
            boolean isOption = argument.startsWith("-");
            if (isOption || !afterOption) {
                values.addUnknown(argument);
            }
            afterOption = isOption && !argument.contains("=");
        }
    }

    private static void addError(ParseResult parsed, Exception error, CommandLineValues values) {
        if (error instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
            OptionSpec option = (OptionSpec) missing.getMissing().get(0);
            for (Setting setting : Setting.values()) {
                if (setting.option().equals(option.longestName()) || setting.options().contains(option.longestName())) {
                    values.addWithoutValue(setting, typed(parsed, setting));
                }
            }
        } else {
            values.addUnknown(String.valueOf(error.getMessage()));
        }
    }

    static ParseResult parse(CommandSpec spec, List<String> arguments) {
        return new CommandLine(spec).parseArgs(arguments.toArray(String[]::new));
    }
}
