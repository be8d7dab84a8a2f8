package dev.redoubt.proxy;

import dev.redoubt.proxy.cli.CommandLineTool;
import dev.redoubt.proxy.cli.ProxyStarter;
import dev.redoubt.proxy.cli.Terminal;

/** The entry point of {@code redoubt.jar}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        ProxyStarter starter = Proxy::start;
        System.exit(new CommandLineTool(starter, Terminal.ofProcess(), System.getenv(), version()).run(arguments));
    }

    /** From the jar's manifest; classes that run outside of a jar have none. */
    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
