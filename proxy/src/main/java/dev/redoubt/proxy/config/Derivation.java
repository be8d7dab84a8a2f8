package dev.redoubt.proxy.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives settings that nobody gave the value that follows from others: of a profile, of another setting, of the upstream's URL.
 * Used once, with values that were found sound.
 */
final class Derivation {
    private static final int DEV_ATTEMPTS = 2;

    private final Values values;

    private Derivation(Values values) {
        this.values = values;
    }

    static void apply(Values values) {
        Derivation derivation = new Derivation(values);
        derivation.urlParts();
        derivation.profiles();
        derivation.replayWindow();
        derivation.socketMode();
        derivation.keyFile(UpstreamTlsSetting.KEY_FILE, UpstreamTlsSetting.CERT_FILE);
        derivation.keyFile(TlsSetting.KEY_FILE, TlsSetting.CERT_FILE);
    }

    /** What the URL says, unless the settings of its parts have their values from a source of at least its precedence. */
    private void urlParts() {
        RedisUrl url = values.url(MainSetting.UPSTREAM_URL);
        Source source = values.source(MainSetting.UPSTREAM_URL);
        Integer db = url.db();
        if (db != null && source.outranks(values.source(UpstreamSetting.DB))) {
            values.set(UpstreamSetting.DB, db, db.toString(), source);
        }
        SettingsBuilder.Credentials credentials = SettingsBuilder.Credentials.of(values);
        credential(UpstreamSetting.USERNAME, credentials.username(), source);
        credential(UpstreamSetting.PASSWORD, credentials.password(), source);
        if (values.flag(UpstreamSetting.DISABLED) && !SettingsBuilder.isDisabled(values)) {
            values.set(UpstreamSetting.DISABLED, false, "false", source);
        }
    }

    private void credential(Setting setting, @Nullable String value, Source urlSource) {
        if (value == null) {
            values.unset(setting);
        } else if (!Objects.equals(values.optional(setting, String.class).orElse(null), value)) {
            values.set(setting, value, value, urlSource);
        }
    }

    private void profiles() {
        int attempts = values.choice(MainSetting.PROFILE, Profile.class) == Profile.DEV ? DEV_ATTEMPTS : 0;
        unlessGiven(ReconnectSetting.ATTEMPTS, attempts, Integer.toString(attempts), MainSetting.PROFILE);
        OnMiss onMiss =
                values.choice(FallbackSetting.PROFILE, FallbackProfile.class).onMiss();
        unlessGiven(FallbackSetting.ON_MISS, onMiss, ValueTypes.word(onMiss), FallbackSetting.PROFILE);
    }

    private void replayWindow() {
        Duration budget = values.duration(BacklogSetting.HOLD_BUDGET);
        unlessGiven(ReplaySetting.WINDOW, budget, values.shown(BacklogSetting.HOLD_BUDGET), BacklogSetting.HOLD_BUDGET);
    }

    /** Only the owner, as whoever connects uses the proxy's password of Redis; a group is given for its members' sake. */
    private void socketMode() {
        boolean hasGroup = values.optional(SocketSetting.GROUP, String.class).isPresent();
        FileMode mode = new FileMode(hasGroup ? 0770 : 0700);
        if (hasGroup) {
            unlessGiven(SocketSetting.MODE, mode, mode.toString(), SocketSetting.GROUP);
        } else if (values.optional(SocketSetting.MODE, FileMode.class).isEmpty()) {
            values.set(SocketSetting.MODE, mode, mode.toString(), Source.DEFAULT);
        }
    }

    /** One file may hold both. */
    private void keyFile(Setting key, Setting certificate) {
        values.optional(certificate, Path.class)
                .ifPresent(file -> unlessGiven(key, file, values.shown(certificate), certificate));
    }

    /** @param from the setting that it follows, which people look for when they wonder where a value comes from */
    private void unlessGiven(Setting setting, Object value, String text, Setting from) {
        if (values.optional(setting, Object.class).isEmpty()) {
            Source source = new Source(Source.Rank.DEFAULT, from.key() + " " + values.shown(from));
            values.set(setting, value, text, source);
        }
    }
}
