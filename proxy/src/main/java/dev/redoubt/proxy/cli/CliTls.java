package dev.redoubt.proxy.cli;

import dev.redoubt.proxy.config.TlsFiles;
import dev.redoubt.proxy.config.UpstreamTlsSettings;
import dev.redoubt.proxy.tls.BlockingTls;
import dev.redoubt.proxy.tls.TlsProblem;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of {@code cli} that are about TLS, named as redis-cli's. Stateless. */
final class CliTls {
    private CliTls() {}

    static void addOptions(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--tls")
                .arity("0")
                .type(boolean.class)
                .description("Connect with TLS.")
                .build());
        spec.addOption(CliCommand.option(null, "CAs to believe, PEM. Default: the JDK's.", Path.class, "--cacert"));
        spec.addOption(CliCommand.option(null, "Our certificate, PEM.", Path.class, "--cert"));
        spec.addOption(CliCommand.option(null, "Its key, PEM; else it is in the same file.", Path.class, "--key"));
        spec.addOption(CliCommand.option(null, "The host that the certificate must be for.", String.class, "--sni"));
    }

    /** Null without TLS. */
    static @Nullable BlockingTls of(ParseResult parsed) throws TlsProblem {
        if (!parsed.hasMatchedOption("--tls")) {
            return null;
        }
        Path certificate = parsed.matchedOptionValue("--cert", (Path) null);
        Path key = parsed.matchedOptionValue("--key", certificate);
        TlsFiles files = new TlsFiles(
                parsed.matchedOptionValue("--cacert", (Path) null),
                certificate,
                certificate == null ? null : key,
                null);
        String host = parsed.matchedOptionValue("--sni", (String) null);
        return new BlockingTls(new UpstreamTlsSettings(files, true, host, Duration.ofSeconds(1)));
    }
}
