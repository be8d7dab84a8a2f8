package dev.redoubt.it.hooks;

/** An application without any client. */
final class NoRedis {
    private NoRedis() {}

    public static void main(String[] args) {
        System.out.println("ran");
    }
}
