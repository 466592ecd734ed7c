package io.hubline.kit.personal;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

class Ciphers {

    @Produces
    @Singleton
    PersonalCipher cipher(PersonalKeys keys) {
        return new PersonalCipher(keys.keyId(), keys.key(), keys.retiredKeys());
    }
}
