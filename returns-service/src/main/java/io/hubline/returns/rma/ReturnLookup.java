package io.hubline.returns.rma;

import io.hubline.returns.rma.domain.ReturnBook;
import io.hubline.returns.rma.domain.ReturnBook.Dossier;
import io.hubline.returns.rma.domain.ReturnBook.Filter;
import io.hubline.returns.rma.domain.ReturnBook.Summary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks returns up.
@ApplicationScoped
public class ReturnLookup {

    private final ReturnBook book;

    ReturnLookup(ReturnBook book) {
        this.book = book;
    }

    /// Returns in the order of their ids.
    ///
    /// @param after the id behind which to start; null for the first
    public List<Summary> page(Filter filter, @Nullable String after, int size) {
        return book.page(filter, after, size);
    }

    /// One return with everything that happened to it, as of one moment.
    @Transactional
    public Optional<Dossier> dossier(String returnId) {
        return book.dossier(returnId);
    }
}
