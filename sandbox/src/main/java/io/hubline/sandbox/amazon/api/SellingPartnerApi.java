package io.hubline.sandbox.amazon.api;

import io.hubline.sandbox.amazon.store.Seller;
import java.time.InstantSource;
import java.util.List;

/// All played operations of one account.
public final class SellingPartnerApi {

    private final Seller seller;
    private final OrdersApi orders;
    private final ListingsApi listings;
    private final FeedsApi feeds;
    private final FinancesApi finances;

    public SellingPartnerApi(Seller seller, InstantSource clock) {
        PageTokens tokens = new PageTokens(clock);
        this.seller = seller;
        this.orders = new OrdersApi(seller, tokens);
        this.listings = new ListingsApi(seller);
        this.feeds = new FeedsApi(seller, tokens);
        this.finances = new FinancesApi(seller, tokens);
    }

    /// The operation at a path: 404 when nothing is there, 405 when something else is.
    public static Operation operation(String method, List<String> path) {
        if (path.size() >= 3) {
            switch (String.join("/", path.subList(0, 3))) {
                case "orders/2026-01-01/orders" -> {
                    if (path.size() == 3) {
                        return only(method, "GET", Operation.SEARCH_ORDERS);
                    } else if (path.size() == 4) {
                        return only(method, "GET", Operation.GET_ORDER);
                    }
                }
                case "orders/v0/orders" -> {
                    if (path.size() == 5 && path.get(4).equals("shipmentConfirmation")) {
                        return only(method, "POST", Operation.CONFIRM_SHIPMENT);
                    }
                }
                case "listings/2021-08-01/items" -> {
                    if (path.size() == 5) {
                        return switch (method) {
                            case "GET" -> Operation.GET_LISTINGS_ITEM;
                            case "PUT" -> Operation.PUT_LISTINGS_ITEM;
                            case "PATCH" -> Operation.PATCH_LISTINGS_ITEM;
                            case "DELETE" -> Operation.DELETE_LISTINGS_ITEM;
                            default -> throw notAllowed(method);
                        };
                    }
                }
                case "feeds/2021-06-30/documents" -> {
                    if (path.size() == 3) {
                        return only(method, "POST", Operation.CREATE_FEED_DOCUMENT);
                    } else if (path.size() == 4) {
                        return only(method, "GET", Operation.GET_FEED_DOCUMENT);
                    }
                }
                case "feeds/2021-06-30/feeds" -> {
                    if (path.size() == 3) {
                        return method.equals("POST") ? Operation.CREATE_FEED : only(method, "GET", Operation.GET_FEEDS);
                    } else if (path.size() == 4) {
                        return only(method, "GET", Operation.GET_FEED);
                    }
                }
                case "finances/2024-06-19/transactions" -> {
                    if (path.size() == 3) {
                        return only(method, "GET", Operation.LIST_TRANSACTIONS);
                    }
                }
                default -> throw notFound(path);
            }
        }
        throw notFound(path);
    }

    private static ApiError notFound(List<String> path) {
        return ApiError.notFound("There is no resource at /%s.".formatted(String.join("/", path)));
    }

    private static ApiError notAllowed(String method) {
        return new ApiError(405, "MethodNotAllowed", "%s is not known here.".formatted(method), "");
    }

    private static Operation only(String method, String allowed, Operation operation) {
        if (!method.equals(allowed)) {
            throw notAllowed(method);
        }
        return operation;
    }

    /// Carries the operation out, with the account held still meanwhile.
    public ApiAnswer execute(Operation operation, ApiCall call) {
        List<String> path = call.path();
        return seller.locked(() -> switch (operation) {
            case SEARCH_ORDERS -> orders.search(call.query());
            case GET_ORDER -> orders.get(path.get(3), call.query());
            case CONFIRM_SHIPMENT -> orders.confirm(path.get(3), call);
            case GET_LISTINGS_ITEM -> listings.get(path.get(3), path.get(4), call.query());
            case PUT_LISTINGS_ITEM -> listings.put(path.get(3), path.get(4), call);
            case PATCH_LISTINGS_ITEM -> listings.patch(path.get(3), path.get(4), call);
            case DELETE_LISTINGS_ITEM -> listings.delete(path.get(3), path.get(4), call.query());
            case CREATE_FEED_DOCUMENT -> feeds.createDocument(call);
            case CREATE_FEED -> feeds.create(call);
            case GET_FEED -> feeds.get(path.get(3), call.query());
            case GET_FEEDS -> feeds.list(call.query());
            case GET_FEED_DOCUMENT -> feeds.getDocument(path.get(3), call);
            case LIST_TRANSACTIONS -> finances.list(call.query());
        });
    }
}
