import dev.tideline.devservices.lifecycle.Leftovers

String log = new File(basedir, 'build.log').text
def ready = log =~ /web-shop: ready, .+ on port (\d+), \d+ ms/
assert ready.count == 1
String port = ready[0][1]
assert log =~ /web-shop: reused, .+ on port $port/
assert log =~ /web-shop: ready, .+ on port $port \(docker.*\), for the command line/
assert log =~ /Stopped web-shop/
String env = new File(basedir, 'target/tideline/ports.env').text
assert env.contains("export TIDELINE_WEB_SHOP_URL=http://127.0.0.1:$port\n")
assert env.contains("export TIDELINE_WEB_SHOP_PORT=$port\n")
assert new File(basedir, '.tideline').listFiles().every { !new File(it, 'logs/web-shop.log').exists() }

Leftovers.requireNoneOf(basedir)
true
