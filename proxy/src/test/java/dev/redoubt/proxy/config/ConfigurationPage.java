package dev.redoubt.proxy.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of docs/configuration.md, made from the settings. They stand between two marks; what is around them is written by
 * hand. {@code ./dev docs} runs this. Stateless.
 */
final class ConfigurationPage {
    static final String BEGIN = "<!-- made by ./dev docs: begin -->\n";
    static final String END = "<!-- made by ./dev docs: end -->\n";

    private ConfigurationPage() {}

    /** @param arguments the page, which is written anew */
    public static void main(String[] arguments) throws IOException {
        Path page = Path.of(arguments[0]);
        Files.writeString(page, renewed(Files.readString(page)));
    }

    /** A page with its tables as the settings are now. */
    static String renewed(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END, begin);
        if (begin < 0 || end < 0) {
            throw new IllegalArgumentException("the page has lost its marks");
        }
        return page.substring(0, begin + BEGIN.length()) + tables() + page.substring(end);
    }

    private static String tables() {
        return Stream.of(Group.values()).map(ConfigurationPage::chapter).collect(Collectors.joining("\n", "\n", "\n"));
    }

    private static String chapter(Group group) {
        String head = "### " + group.title() + "\n\n"
                + "| key, option, variable | default | unit or type: allowed | what it is |\n|---|---|---|---|\n";
        return Setting.of(group).stream().map(ConfigurationPage::row).collect(Collectors.joining("", head, ""));
    }

    private static String row(Setting setting) {
        String names = Stream.of(
                        setting.row().keys(), setting.options(), setting.row().environmentNames())
                .map(ConfigurationPage::code)
                .collect(Collectors.joining("<br>"));
        String fallback = setting.defaultText();
        return "| " + names
                + " | " + (fallback == null ? "none" : code(List.of(fallback)))
                + " | " + setting.kind() + ": " + cell(setting.allowed())
                + " | " + cell(setting.description()) + " |\n";
    }

    private static String code(List<String> texts) {
        return texts.stream().map(text -> "`" + text + "`").collect(Collectors.joining(", "));
    }

    /** What Markdown would take for its own, in a table. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replace("*", "\\*").replace("[", "\\[").replace("<", "&lt;");
    }
}
