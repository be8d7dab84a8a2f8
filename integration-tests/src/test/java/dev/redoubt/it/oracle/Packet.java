package dev.redoubt.it.oracle;

import java.util.List;

/**
 * What the suite's program reports: {@code testing}, and then {@code ok} or {@code err}, of each test; {@code skip} and {@code
 * ignore} of those that it leaves out; {@code done} of the unit; {@code exception} when it breaks down.
 *
 * @param data a name, or what went wrong
 * @param millis how long the test took; 0 where that says nothing
 */
record Packet(String status, String data, long millis) {

    /** @param list as {@code send_data_packet} of test_helper.tcl makes it */
    static Packet parse(String list) {
        List<String> elements = TclList.parse(list);
        if (elements.size() < 2) {
            throw new IllegalArgumentException("not a packet: " + list);
        }
        String millis = elements.size() > 2 ? elements.get(2) : "0";
        return new Packet(elements.get(0), elements.get(1), millis.matches("\\d{1,18}") ? Long.parseLong(millis) : 0);
    }
}
