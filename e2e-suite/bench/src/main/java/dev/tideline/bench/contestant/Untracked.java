package dev.tideline.bench.contestant;

import dev.tideline.bench.track.Track;

/** Nobody follows the source: its own speed. */
final class Untracked implements Contestant {

    @Override
    public String subject() {
        return "none";
    }

    @Override
    public Kind kind() {
        return Kind.NOTHING;
    }

    @Override
    public void install(Track track) {}

    @Override
    public void addTarget() {}

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void close() {}
}
