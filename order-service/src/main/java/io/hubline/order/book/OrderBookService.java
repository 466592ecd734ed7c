package io.hubline.order.book;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.contracts.Recipient;
import io.hubline.contracts.SealedPersonal;
import io.hubline.kit.audit.Audit;
import io.hubline.kit.personal.PersonalCipher;
import io.hubline.order.book.domain.HeldOrder;
import io.hubline.order.book.domain.OrderBook;
import io.hubline.order.book.domain.OrderSummary;
import io.hubline.order.book.domain.OrderView;
import io.hubline.order.book.domain.PickTask;
import io.hubline.order.book.domain.SealedRecipient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers what is known about orders. See [OrderBook] for what each question means.
@ApplicationScoped
public class OrderBookService {

    private final OrderBook book;
    private final PersonalCipher cipher;
    private final ObjectMapper json;
    private final Audit audit;

    OrderBookService(OrderBook book, PersonalCipher cipher, ObjectMapper json, Audit audit) {
        this.book = book;
        this.cipher = cipher;
        this.json = json;
        this.audit = audit;
    }

    /// Orders, newest first.
    public List<OrderSummary> orders(
            @Nullable String account,
            @Nullable String externalId,
            @Nullable String state,
            @Nullable String after,
            int limit) {
        return book.orders(account, externalId, state, after, limit);
    }

    /// One order with its history.
    public Optional<OrderView> order(String orderId) {
        return book.order(orderId);
    }

    /// Holds that stand.
    public List<HeldOrder> holds(@Nullable String reason, @Nullable String after, int limit) {
        return book.holds(reason, after, limit);
    }

    /// What is to be picked now.
    public List<PickTask> picks(@Nullable String locationId, @Nullable String after, int limit) {
        return book.picks(locationId, after, limit);
    }

    /// Opens who gets an order's parcel. That somebody looked is itself an audit row.
    @Transactional
    public Optional<Recipient> recipient(String orderId) {
        Optional<SealedRecipient> sealed = book.recipient(orderId);
        sealed.ifPresent(_ -> audit.record("recipient.read", "order", orderId, Map.of(), Map.of()));
        return sealed.map(this::open);
    }

    private Recipient open(SealedRecipient sealed) {
        String plain = cipher.open(new SealedPersonal(sealed.keyId(), sealed.ciphertext()), sealed.context());
        try {
            return json.readValue(plain, Recipient.class);
        } catch (JsonProcessingException e) {
            // The parser's message quotes what it read, so it is not passed on.
            throw new IllegalStateException("the sealed recipient is no recipient");
        }
    }
}
