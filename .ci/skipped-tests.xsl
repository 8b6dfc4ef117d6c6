<?xml version="1.0" encoding="UTF-8"?>
<!-- The tests of a Surefire report that were skipped, each with its reason. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text"/>
  <xsl:template match="/">
    <xsl:for-each select="//testcase[skipped]">
      <xsl:value-of select="concat('Skipped: ', @classname)"/>
      <xsl:if test="@name != '' and @name != @classname">
        <xsl:value-of select="concat('#', @name)"/>
      </xsl:if>
      <!-- A condition's reason is an attribute; a failed assumption's is the first line of its trace. -->
      <xsl:variable name="trace" select="substring-before(concat(skipped, '&#10;'), '&#10;')"/>
      <xsl:value-of select="concat(': ', normalize-space(skipped/@message), normalize-space($trace), '&#10;')"/>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
