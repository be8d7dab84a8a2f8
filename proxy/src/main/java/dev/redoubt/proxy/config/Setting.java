package dev.redoubt.proxy.config;

import dev.redoubt.proxy.config.ValueType.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row of the one table of settings: parsing, validation, help and docs are made from it. The key is the name in YAML; the
 * environment ({@code REDOUBT_UPSTREAM_STALL_LIMIT}) and the command line ({@code --upstream-stall-limit}) follow from it. Each
 * chapter's rows are an enum of their own, such as {@link UpstreamSetting}. To add a setting: a row there, and its component in
 * the record that {@link SettingsBuilder} fills. To add a chapter: an enum, its {@link Group}, and a line in {@link #all}.
 */
public interface Setting {
    /** What the table says of it. */
    Row row();

    /** Every setting, chapter by chapter, in the order of help and docs. */
    static List<Setting> all() {
        return Stream.<Setting[]>of(
                        MainSetting.values(),
                        SocketSetting.values(),
                        UpstreamSetting.values(),
                        ResolverSetting.values(),
                        UpstreamTlsSetting.values(),
                        TlsSetting.values(),
                        ReconnectSetting.values(),
                        BacklogSetting.values(),
                        ReplaySetting.values(),
                        FallbackSetting.values(),
                        JournalSetting.values(),
                        RecoverySetting.values(),
                        RecorderSetting.values(),
                        ClientSetting.values(),
                        UsersSetting.values(),
                        LeaseSetting.values(),
                        ScriptSetting.values(),
                        ProcessSetting.values())
                .flatMap(Stream::of)
                .toList();
    }

    /** All rows of a group, in the table's order. */
    static List<Setting> of(Group group) {
        return all().stream().filter(setting -> setting.group() == group).toList();
    }

    /** By any of its names in YAML. */
    static Optional<Setting> byKey(String key) {
        return first(setting -> setting.row().keys().contains(key));
    }

    /** By any of its names in the environment. */
    static Optional<Setting> byEnvironmentName(String name) {
        return first(setting -> setting.row().environmentNames().contains(name));
    }

    private static Optional<Setting> first(Predicate<Setting> condition) {
        return all().stream().filter(condition).findFirst();
    }

    /** The chapter it stands in. */
    default Group group() {
        return row().group();
    }

    /** The name in YAML: {@code upstream.stall-limit}. */
    default String key() {
        return row().key();
    }

    /** {@code REDOUBT_UPSTREAM_STALL_LIMIT}. */
    default String environmentName() {
        return Row.environmentName(key());
    }

    /** {@code --upstream-stall-limit}. */
    default String option() {
        return Row.option(key());
    }

    /** Every spelling of the option. */
    default List<String> options() {
        return row().options();
    }

    /** What it is: "duration", "bytes", "number", "switch", "choice", "address", ... */
    default String kind() {
        return row().type().kind();
    }

    /** The range or the choices, for people. */
    default String allowed() {
        return row().type().allowed();
    }

    /** The default as one would write it; null if there is none, or if the description says what it follows from. */
    default @Nullable String defaultText() {
        return row().defaultText();
    }

    /** What it does, in a sentence. */
    default String description() {
        return row().description();
    }

    /** Whether it takes several values: separated by commas, as a YAML list, or by a repeated option. */
    default boolean isList() {
        return row().isOf(Shape.LIST);
    }

    /** Whether the option without a value means true. */
    default boolean isFlag() {
        return row().isOf(Shape.FLAG);
    }

    /** Whether its value is never shown. */
    default boolean isSecret() {
        return row().isSecret();
    }
}
