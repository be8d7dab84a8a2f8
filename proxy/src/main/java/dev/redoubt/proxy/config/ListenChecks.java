package dev.redoubt.proxy.config;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

    void check(Settings settings, List<Problem> problems) {
        duplicates(settings, problems);
        for (HostPort address : settings.listen()) {
            reachableFromOutside(Setting.LISTEN, address, settings, problems);
        }
        if (settings.admin() != null) {
            reachableFromOutside(Setting.ADMIN, settings.admin(), settings, problems);
        }
        if (!settings.upstream().disabled()) {
            upstreamIsOurselves(settings, problems);
        }
    }

    private void duplicates(Settings settings, List<Problem> problems) {
        Set<HostPort> seen = new HashSet<>(settings.listen());
        HostPort admin = settings.admin();
        if (admin != null && admin.port() != 0 && seen.contains(admin)) {
            problems.add(values.problem(Setting.ADMIN, "is also in listen; allowed: another port, or off"));
        }
    }

    private void reachableFromOutside(Setting setting, HostPort address, Settings settings, List<Problem> problems) {
        List<InetAddress> meant = machine.addressesOf(address.host());
        if (meant.isEmpty()) {
            problems.add(values.problem(setting, "has the host " + address.host() + " that cannot be looked up"));
        } else if (!settings.insecureBind() && !meant.stream().allMatch(InetAddress::isLoopbackAddress)) {
            problems.add(values.problem(
                    setting,
                    "is reachable beyond this machine and has no password: listen on loopback, or accept it with --insecure-bind"));
        }
    }

    private void upstreamIsOurselves(Settings settings, List<Problem> problems) {
        HostPort upstream = settings.upstream().address();
        for (HostPort listener : settings.listen()) {
            if (isSame(listener, upstream)) {
                problems.add(ourselves(listener, "--listen"));
                return;
            }
        }
        HostPort admin = settings.admin();
        if (admin != null && isSame(admin, upstream)) {
            problems.add(ourselves(admin, "--admin"));
        }
    }

    private Problem ourselves(HostPort listener, String option) {
        return values.problem(
                Setting.UPSTREAM_URL,
                "is Redoubt's own address " + listener + ": name Redis itself with --upstream redis://HOST:PORT, or change "
                        + option);
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
        return target.equals(own) || target.isAnyLocalAddress() && own.isLoopbackAddress();
    }
}
