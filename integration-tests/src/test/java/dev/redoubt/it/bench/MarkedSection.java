package dev.redoubt.it.bench;

/** A part of a Markdown page that a program writes, between two comments. Pure. */
public record MarkedSection(String name) {

    /** @throws IllegalArgumentException if the page does not have both marks, in order */
    public String replaceIn(String page, String content) {
        int begin = page.indexOf(mark("begin"));
        int end = page.indexOf(mark("end"));
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has no section " + mark("begin") + " ... " + mark("end"));
        }
        return page.substring(0, begin) + mark("begin") + "\n" + content.strip() + "\n" + page.substring(end);
    }

    private String mark(String edge) {
        return "<!-- " + name + ":" + edge + " -->";
    }
}
