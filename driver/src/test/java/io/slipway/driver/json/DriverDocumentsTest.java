package io.slipway.driver.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.slipway.protocol.driver.DocumentsContract;

class DriverDocumentsTest extends DocumentsContract {
    @Override
    protected String write(Object document) {
        return Json.text(document);
    }

    @Override
    protected Object read(String text, Class<?> type) {
        try {
            return Json.mapper().readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
