package dev.redoubt.proxy.config;

import java.util.List;
import java.util.stream.Stream;

/** What must be true between the settings of TLS. Stateless. */
final class TlsChecks {
    private TlsChecks() {}

    static void check(Values values, List<Problem> problems) {
        if (values.areSound(MainSetting.UPSTREAM_URL)) {
            upstream(values, problems);
        }
        listeners(values, problems);
        certificateOf(values, UpstreamTlsSetting.CERT_FILE, UpstreamTlsSetting.KEY_FILE, problems);
        certificateOf(values, TlsSetting.CERT_FILE, TlsSetting.KEY_FILE, problems);
        certificateOf(values, UpstreamTlsSetting.CERT_FILE, UpstreamTlsSetting.KEY_PASSWORD_FILE, problems);
        certificateOf(values, TlsSetting.CERT_FILE, TlsSetting.KEY_PASSWORD_FILE, problems);
    }

    /** Who names a CA believes that the connection is encrypted. */
    private static void upstream(Values values, List<Problem> problems) {
        if (values.url(MainSetting.UPSTREAM_URL).tls()) {
            return;
        }
        Stream.of(UpstreamTlsSetting.values())
                .filter(setting -> values.source(setting).rank() != Source.Rank.DEFAULT)
                .forEach(setting -> problems.add(values.problem(
                        setting,
                        "has no effect, as upstream (" + values.shown(MainSetting.UPSTREAM_URL)
                                + ") is without TLS: write rediss://, or leave it out")));
    }

    private static void listeners(Values values, List<Problem> problems) {
        boolean listens = !values.areSound(TlsSetting.LISTEN) || values.isGiven(TlsSetting.LISTEN);
        if (listens && values.areSound(TlsSetting.CERT_FILE) && !values.isGiven(TlsSetting.CERT_FILE)) {
            problems.add(values.problem(TlsSetting.LISTEN, "needs a certificate: add tls.cert-file"));
        }
        if (!listens) {
            Stream.of(TlsSetting.CERT_FILE, TlsSetting.CA_FILE)
                    .filter(setting -> values.isGiven(setting))
                    .forEach(setting ->
                            problems.add(values.problem(setting, "has no effect without a listener: add tls.listen")));
        }
    }

    private static void certificateOf(Values values, Setting certificate, Setting other, List<Problem> problems) {
        if (values.isGiven(other) && values.areSound(certificate) && !values.isGiven(certificate)) {
            problems.add(values.problem(other, "is given without " + certificate.key()));
        }
    }
}
