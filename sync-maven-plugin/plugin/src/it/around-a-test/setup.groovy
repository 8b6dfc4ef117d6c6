import java.util.zip.GZIPOutputStream

// As pg_dump leaves it; text would be a poor witness.
def folder = new File(basedir, 'src/test/dump')
folder.mkdirs()
new GZIPOutputStream(new FileOutputStream(new File(folder, 'stock.sql.gz'))).withWriter('UTF-8') {
    it << "CREATE TABLE stock (item int REFERENCES item, n int);\nINSERT INTO stock VALUES (1, 4711);\n"
}
true
