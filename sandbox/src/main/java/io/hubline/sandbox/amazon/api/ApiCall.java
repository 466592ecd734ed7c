package io.hubline.sandbox.amazon.api;

import java.net.URI;
import java.util.List;

/// One request, as far as an operation is concerned.
///
/// @param path the decoded segments below the vendor's host
/// @param query what the address carries after the question mark
/// @param body the text of the body, empty when there is none
/// @param base where the simulator's Amazon answers, for addresses that it hands out
public record ApiCall(String method, List<String> path, Query query, String contentType, String body, URI base) {

    public ApiCall {
        path = List.copyOf(path);
    }
}
