package io.hubline.kit.web;

/// Carries a problem from a resource to its answer. Only the HTTP edge throws it.
public final class ProblemException extends RuntimeException {

    @SuppressWarnings("serial") // never serialised
    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.title());
        this.problem = problem;
    }

    /// What the caller is told.
    public Problem problem() {
        return problem;
    }
}
