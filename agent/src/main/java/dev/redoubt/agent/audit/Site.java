package dev.redoubt.agent.audit;

import org.jspecify.annotations.Nullable;

/** A line of the application. Its texts are printable and of bounded length. Immutable; equal to another of the same line. */
final class Site {
    private static final int MAX_TEXT = 300;
    private static final int MAX_NAME = 60;

    private final String where;
    private final String name;

    /**
     * @param where class, method, file and line: {@code com.acme.OrderDao.find(OrderDao.java:42)}
     * @param name the line in short: {@code OrderDao.java:42}
     */
    Site(String where, String name) {
        this.where = Printable.of(where, MAX_TEXT);
        this.name = Printable.of(name, MAX_NAME);
    }

    String where() {
        return where;
    }

    /** For people, who know where in their code that is. */
    String name() {
        return name;
    }

    /** The same for Redis, which takes only printable ASCII without spaces as the name of a client. */
    String clientName() {
        StringBuilder clean = new StringBuilder(name);
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (c < '!' || c > '~') {
                clean.setCharAt(i, '_');
            }
        }
        return clean.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Site && ((Site) other).where.equals(where);
    }

    @Override
    public int hashCode() {
        return where.hashCode();
    }

    @Override
    public String toString() {
        return where;
    }
}
