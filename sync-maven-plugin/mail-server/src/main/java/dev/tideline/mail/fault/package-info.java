/** Trouble that tests order, so that what sends mail can be seen to deal with it. */
package dev.tideline.mail.fault;
