package dev.redoubt.agent.hook;

/** Replaces an argument of a method by the answer to a question about it. */
final class ArgumentQuestion implements EntryWeave.Entry {
    private final String question;
    private final String internalType;
    private final int local;
    private final boolean hasThis;

    ArgumentQuestion(String question, String internalType, int local, boolean hasThis) {
        this.question = question;
        this.internalType = internalType;
        this.local = local;
        this.hasThis = hasThis;
    }

    @Override
    public void write(Asking asking) {
        asking.load(local);
        asking.about(question, internalType, hasThis);
        asking.store(local);
    }
}
