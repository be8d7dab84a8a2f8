package dev.redoubt.proxy;

import dev.redoubt.proxy.cli.CommandLineTool;
import dev.redoubt.proxy.cli.ProxyStarter;
import dev.redoubt.proxy.cli.Terminal;

/** The entry point of {@code redoubt.jar}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        leaveNettysFlightRecorderEventsOut();
        if (startsTheProxy(arguments)) {
            ClassesAhead.begin();
        }
        ProxyStarter starter = Proxy::start;
        System.exit(new CommandLineTool(starter, Terminal.ofProcess(), System.getenv(), version()).run(arguments));
    }

    /** Only {@code run}, which may be left out, needs them all. */
    private static boolean startsTheProxy(String... arguments) {
        return arguments.length == 0 || arguments[0].startsWith("-") || arguments[0].equals("run");
    }

    /** They cost a tenth of the start; {@code -Dio.netty.jfr.enabled=true} brings them back. Read with Netty's first class. */
    private static void leaveNettysFlightRecorderEventsOut() {
        if (System.getProperty("io.netty.jfr.enabled") == null) {
            System.setProperty("io.netty.jfr.enabled", "false");
        }
    }

    /** From the jar's manifest; classes that run outside of a jar have none. */
    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
