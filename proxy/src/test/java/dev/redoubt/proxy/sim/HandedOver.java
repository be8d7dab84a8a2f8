package dev.redoubt.proxy.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Watches what the proxy's kernel takes for one connection: a command whose last byte is taken may be applied, whatever becomes of the connection. */
final class HandedOver {
    private final Referee referee;
    private final ModelConnection connection;
    private final FrameReader frames = new FrameReader();
    private final List<Integer> unit = new ArrayList<>();
    private boolean inMulti;

    HandedOver(Referee referee, ModelConnection connection) {
        this.referee = referee;
        this.connection = connection;
    }

    void add(byte[] bytes) {
        frames.add(bytes);
        for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
            String[] words = frame.items().stream().map(Frame::text).toArray(String[]::new);
            note(words[0].toUpperCase(Locale.ROOT), Tags.of(words));
        }
    }

    private void note(String name, int tag) {
        if (name.equals("MULTI")) {
            inMulti = true;
        } else if (name.equals("EXEC") || name.equals("DISCARD")) {
            inMulti = false;
            if (name.equals("EXEC")) {
                unit.forEach(one -> referee.onHandedOver(one, connection));
            }
            unit.clear();
        } else if (tag >= 0 && inMulti) {
            unit.add(tag);
        } else if (tag >= 0) {
            referee.onHandedOver(tag, connection);
        }
    }
}
