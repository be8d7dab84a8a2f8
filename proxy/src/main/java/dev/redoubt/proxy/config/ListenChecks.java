package dev.redoubt.proxy.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where we listen: who could reach it, and whether the upstream is ourselves, as an application's REDIS_URL may already point at
 * us. May block on DNS, but looks up only names whose port is one of ours. Immutable.
 */
final class ListenChecks {
    private final Values values;
    private final Machine machine;

    ListenChecks(Values values, Machine machine) {
        this.values = values;
        this.machine = machine;
    }

    /** @param listen with localhost expanded, as {@code tlsListen} */
    void check(List<HostPort> listen, List<HostPort> tlsListen, List<Problem> problems) {
        HostPort admin = values.address(MainSetting.ADMIN);
        if (values.areSound(MainSetting.LISTEN)) {
            listen.forEach(address -> reachableByClients(MainSetting.LISTEN, address, problems));
        }
        if (values.areSound(TlsSetting.LISTEN)) {
            tlsListen.forEach(address -> tls(address, listen, admin, problems));
        }
        if (admin != null) {
            reachable(MainSetting.ADMIN, admin, false, problems);
            if (admin.port() != 0 && listen.contains(admin)) {
                problems.add(values.problem(MainSetting.ADMIN, "is also in listen; allowed: another port, or off"));
            }
        }
        who(SocketSetting.OWNER, machine::knowsUser, "is no user of this machine", problems);
        who(SocketSetting.GROUP, machine::knowsGroup, "is no group of this machine", problems);
        boolean known = values.areSound(MainSetting.LISTEN, MainSetting.ADMIN, MainSetting.UPSTREAM_URL);
        if (known && !SettingsBuilder.isDisabled(values)) {
            upstreamIsOurselves(listen, tlsListen, admin, problems);
        }
    }

    /** A listener that asks for certificates lets nobody in who has none. */
    private void tls(HostPort address, List<HostPort> listen, @Nullable HostPort admin, List<Problem> problems) {
        if (!values.isGiven(TlsSetting.CA_FILE)) {
            reachableByClients(TlsSetting.LISTEN, address, problems);
        }
        if (address.port() != 0 && (listen.contains(address) || address.equals(admin))) {
            problems.add(values.problem(TlsSetting.LISTEN, "is also in listen or admin; allowed: another port"));
        }
    }

    private void who(Setting setting, Predicate<String> isKnown, String message, List<Problem> problems) {
        values.optional(setting, String.class)
                .filter(name -> !isKnown.test(name))
                .ifPresent(name -> problems.add(values.problem(setting, message)));
    }

    private void reachableByClients(Setting setting, HostPort address, List<Problem> problems) {
        reachable(setting, address, SettingsBuilder.hasOwnUsers(values), problems);
    }

    private void reachable(Setting setting, HostPort address, boolean isProtected, List<Problem> problems) {
        List<InetAddress> meant = machine.addressesOf(address.host());
        if (meant.isEmpty()) {
            problems.add(values.problem(setting, "has the host " + address.host() + " that cannot be looked up"));
        } else if (!isProtected
                && !values.flag(MainSetting.INSECURE_BIND)
                && !meant.stream().allMatch(InetAddress::isLoopbackAddress)) {
            problems.add(
                    values.problem(
                            setting,
                            "is reachable beyond this machine and has no password: listen on loopback, or accept it with --insecure-bind"));
        }
    }

    private void upstreamIsOurselves(
            List<HostPort> listen, List<HostPort> tlsListen, @Nullable HostPort admin, List<Problem> problems) {
        RedisUrl url = values.url(MainSetting.UPSTREAM_URL);
        HostPort upstream = new HostPort(url.host(), url.port());
        Optional<HostPort> same =
                listen.stream().filter(listener -> isSame(listener, upstream)).findFirst();
        if (same.isPresent()) {
            problems.add(ourselves(same.get(), "--listen"));
        } else if (tlsListen.stream().anyMatch(listener -> isSame(listener, upstream))) {
            problems.add(ourselves(upstream, "--tls-listen"));
        } else if (admin != null && isSame(admin, upstream)) {
            problems.add(ourselves(admin, "--admin"));
        }
    }

    private Problem ourselves(HostPort listener, String option) {
        return values.problem(
                MainSetting.UPSTREAM_URL,
                "is Redoubt's own address " + listener
                        + ": name Redis itself with --upstream redis://HOST:PORT, or change " + option);
    }

    private boolean isSame(HostPort listener, HostPort upstream) {
        if (listener.port() != upstream.port()) {
            return false;
        }
        List<InetAddress> listening = machine.addressesOf(listener.host());
        return machine.addressesOf(upstream.host()).stream()
                .anyMatch(address -> listening.stream().anyMatch(own -> reaches(address, own)));
    }

    /** Connecting to a wildcard reaches loopback; listening on one hears every address of this machine. */
    private boolean reaches(InetAddress target, InetAddress own) {
        if (own.isAnyLocalAddress()) {
            return target.isAnyLocalAddress() || machine.isOwn(target);
        }
        return target.equals(own) || (target.isAnyLocalAddress() && own.isLoopbackAddress());
    }
}
