package io.hubline.catalog.sheet.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hubline.catalog.sheet.SheetOutcome.ColumnError;
import io.hubline.catalog.sheet.SheetOutcome.Finished;
import io.hubline.catalog.sheet.SheetOutcome.TooLong;
import io.hubline.catalog.sheet.SheetOutcome.Unreadable;
import io.hubline.catalog.sheet.SheetOutcome.WrongHeader;
import io.hubline.catalog.sheet.SheetReport;
import io.hubline.catalog.sheet.SheetService;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.List;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The catalogue as a CSV file.
@RegisterForReflection(targets = {ColumnError.class, SheetResource.FieldError.class})
@Path("/products/import")
class SheetResource {

    private final SheetService sheets;

    SheetResource(SheetService sheets) {
        this.sheets = sheets;
    }

    /// Takes a sheet: one row per variant, as the README of the service lists its columns. What stands
    /// already is left alone, and what is wrong is named by row and column and does not hinder the rest.
    ///
    /// @param dryRun `true` to say what would become of it, and keep nothing; `false` where it is left out
    @POST
    @Consumes("text/csv")
    @RolesAllowed(Roles.CATALOG)
    public SheetReport take(
            @RestHeader(HttpHeaders.CONTENT_TYPE) MediaType type,
            @RestQuery @Nullable String dryRun,
            InputStream body) {
        @Nullable String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (charset != null && !charset.equalsIgnoreCase(UTF_8.name())) {
            throw Problem.of(415, "unsupported-media-type", "The request has a form not read here")
                    .detail("A sheet is UTF-8; this one says it is " + charset)
                    .asException();
        }
        // A decoder of its own: bytes that are no UTF-8 must not become a title with question marks in it.
        return switch (sheets.take(new BufferedReader(new InputStreamReader(body, UTF_8.newDecoder())), flag(dryRun))) {
            case Finished(SheetReport report) -> report;
            case WrongHeader(List<ColumnError> errors) ->
                throw Problem.of(400, "invalid-sheet", "The sheet cannot be read")
                        .detail("Its header is not one that is read here. Nothing was taken")
                        .with("errors", errors)
                        .asException();
            case Unreadable unreadable ->
                throw Problem.of(400, "invalid-sheet", "The sheet cannot be read")
                        .detail("Behind row %d it cannot be read on: %s. Send it again when it is repaired"
                                .formatted(unreadable.afterRow(), unreadable.reason()))
                        .with("afterRow", unreadable.afterRow())
                        .with("reason", unreadable.reason())
                        .with("report", unreadable.report())
                        .asException();
            case TooLong(long rowsMax, SheetReport report) ->
                throw Problem.of(413, "sheet-too-long", "The sheet has too many rows")
                        .detail("The first %d rows were taken. Send the others in a sheet of their own"
                                .formatted(rowsMax))
                        .with("rowsMax", rowsMax)
                        .with("report", report)
                        .asException();
        };
    }

    /// Strict, because a dry run that was misspelt would be a real one.
    private static boolean flag(@Nullable String text) {
        return switch (text) {
            case null -> false;
            case "false" -> false;
            case "true" -> true;
            default ->
                throw Problem.of(400, "invalid-request", "The request breaks a rule")
                        .with("errors", List.of(new FieldError("dryRun", "must be true or false")))
                        .asException();
        };
    }

    /// @param field the parameter
    record FieldError(String field, String reason) {}
}
