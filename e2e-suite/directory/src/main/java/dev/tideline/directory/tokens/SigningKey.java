package dev.tideline.directory.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.tideline.directory.database.Database;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The key (ES256) that signs everything: created by whichever process starts first, and stored in the database. */
public final class SigningKey {

    private final ECKey key;
    private final JWSSigner signer;

    private SigningKey(ECKey key) throws JOSEException {
        this.key = key;
        this.signer = new ECDSASigner(key);
    }

    public static SigningKey of(Database database) {
        try {
            ECKey fresh = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
            String kept = database.inTransaction(handle -> {
                handle.createUpdate("INSERT INTO signing_key (id, jwk) VALUES ('current', :jwk) ON CONFLICT DO NOTHING")
                        .bind("jwk", fresh.toJSONString())
                        .execute();
                return handle.createQuery("SELECT jwk FROM signing_key WHERE id = 'current'")
                        .mapTo(String.class)
                        .one();
            });
            return new SigningKey(ECKey.parse(kept));
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException("The signing key in table signing_key cannot be used", e);
        }
    }

    /** The public half, as JWKS. */
    Map<String, Object> publicKeys() {
        return new JWKSet(key).toPublicJWKSet().toJSONObject();
    }

    /**
     * @param type keeps tokens for one purpose from being used for another
     */
    public String sign(String type, JWTClaimsSet claims) {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType(type))
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("Signing failed", e);
        }
        return token.serialize();
    }

    /**
     * The claims of a valid token; empty if it is invalid, of another type, for another audience, or expired. @param
     * audiences empty for any
     */
    public Optional<JWTClaimsSet> verify(String type, String token, Set<String> audiences) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(type)));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, new ImmutableJWKSet<>(new JWKSet(key))));
        DefaultJWTClaimsVerifier<SecurityContext> verifier =
                new DefaultJWTClaimsVerifier<>(audiences.isEmpty() ? null : audiences, null, Set.of("sub"), null);
        verifier.setMaxClockSkew(0);
        processor.setJWTClaimsSetVerifier(verifier);
        try {
            return Optional.of(processor.process(token, null));
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return Optional.empty();
        }
    }
}
