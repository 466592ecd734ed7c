package io.hubline.sandbox.shopify.admin;

/// A refusal the vendor writes into `errors` with a code, as opposed to a user error inside the payload.
final class AdminError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    AdminError(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
