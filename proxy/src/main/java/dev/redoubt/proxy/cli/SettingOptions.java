package dev.redoubt.proxy.cli;

import dev.redoubt.proxy.config.CommandLineValues;
import dev.redoubt.proxy.config.Group;
import dev.redoubt.proxy.config.Setting;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
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
    private static final String HELP = "--help";

    private SettingOptions() {}

    /** @param arguments of the options, those that they name are enough, unless they ask for help: a hundred that nobody gave would be a tenth of the start */
    static CommandSpec spec(String name, String description, List<String> arguments) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description).width(110).autoWidth(false).sortOptions(false);
        spec.parser()
                .collectErrors(true)
                .unmatchedArgumentsAllowed(true)
                .overwrittenOptionsAllowed(true)
                .caseInsensitiveEnumValuesAllowed(true);
        spec.addOption(OptionSpec.builder(HELP)
                .usageHelp(true)
                .description("Show this and end.")
                .build());
        spec.addOption(OptionSpec.builder("--version")
                .versionHelp(true)
                .description("Show the version and end.")
                .build());
        if (arguments.contains(HELP)) {
            for (Group group : Group.values()) {
                spec.addArgGroup(section(group));
            }
        } else {
            Set<String> typed = arguments.stream().map(SettingOptions::name).collect(Collectors.toSet());
            for (Setting setting : Setting.all()) {
                if (setting.options().stream().anyMatch(typed::contains)) {
                    spec.addOption(option(setting));
                }
            }
        }
        return spec;
    }

    private static String name(String argument) {
        int equals = argument.indexOf('=');
        return equals < 0 ? argument : argument.substring(0, equals);
    }

    private static ArgGroupSpec section(Group group) {
        ArgGroupSpec.Builder section = ArgGroupSpec.builder()
                .heading("%n" + group.title() + "%n")
                .validate(false)
                .exclusive(false);
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
        return new String[] {
            (setting.description() + given + allowed).replace("%", "%%").replace("@|", "@ |")
        };
    }

    /** What was typed, with every problem of it. */
    static CommandLineValues values(ParseResult parsed) {
        CommandLineValues values = new CommandLineValues();
        Set<Setting> withoutValue = withoutValue(parsed);
        for (Setting setting : Setting.all()) {
            OptionSpec option = parsed.commandSpec().findOption(setting.option());
            if (withoutValue.contains(setting)) {
                values.addWithoutValue(setting, typed(parsed, setting));
            } else if (option != null && parsed.hasMatchedOption(option)) {
                values.add(setting, typed(parsed, setting), option.originalStringValues());
            }
        }
        addUnknown(parsed.unmatched(), values);
        return values;
    }

    /** Values are taken as plain text here, so a value that is not there is the only error that the parser can find. */
    private static Set<Setting> withoutValue(ParseResult parsed) {
        Set<Setting> found = new HashSet<>();
        for (Exception error : parsed.errors()) {
            if (!(error instanceof MissingParameterException missing)) {
                throw new IllegalStateException("parser", error);
            }
            missing.getMissing().stream()
                    .flatMap(argument -> Setting.all().stream()
                            .filter(setting -> argument == parsed.commandSpec().findOption(setting.option())))
                    .forEach(found::add);
        }
        return found;
    }

    /** The spelling that was used. */
    private static String typed(ParseResult parsed, Setting setting) {
        return parsed.originalArgs().stream()
                .map(SettingOptions::name)
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

    static ParseResult parse(CommandSpec spec, List<String> arguments) {
        return new CommandLine(spec).parseArgs(arguments.toArray(String[]::new));
    }
}
