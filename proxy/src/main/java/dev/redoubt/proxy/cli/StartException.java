package dev.redoubt.proxy.cli;

import dev.redoubt.proxy.config.MainSetting;
import dev.redoubt.proxy.config.Setting;
import dev.redoubt.proxy.config.SocketPath;
import dev.redoubt.proxy.listen.PortHolder;
import java.net.InetSocketAddress;

/** The proxy cannot start, for a reason that its user can change: the message is all that is shown. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A Unix socket that could not be listened on. */
    public static StartException cannotListen(SocketPath socket, Throwable cause) {
        return new StartException(
                "cannot listen on " + socket + ": " + cause.getMessage() + "; choose another path with "
                        + MainSetting.LISTEN.option() + " unix:/PATH",
                cause);
    }

    /** An address that could not be listened on: says who holds it, where that is known, and which option changes it. */
    public static StartException cannotListen(InetSocketAddress address, Setting setting, Throwable cause) {
        String holder = PortHolder.describe(address);
        String reason = holder.isEmpty() ? String.valueOf(cause.getMessage()) : "it is in use by " + holder;
        String place = address.getHostString() + ":" + address.getPort();
        return new StartException(
                "cannot listen on " + place + ": " + reason + "; choose another address with " + setting.option()
                        + " HOST:PORT",
                cause);
    }
}
