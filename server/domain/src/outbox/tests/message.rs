//! The mail as it goes over the wire.
use crate::{mail::Mail, outbox::mailer::message};

fn mail(to: &str, subject: &str) -> Mail {
    Mail {
        to: to.to_owned(),
        subject: subject.to_owned(),
        text: "Zażółć\n.\nthe end\n".to_owned(),
        html: "<p>Zażółć</p>".to_owned(),
        link: String::new(),
        button: String::new(),
        reply_to: None,
        brand: None,
    }
}

fn written(mail: &Mail) -> Result<String, String> {
    let from = "Store Manager <console@console.example>".parse().unwrap();
    let message =
        message(mail, None, &from, "out_1", 1_772_366_400_000).map_err(|e| e.to_string())?;
    Ok(String::from_utf8(message.formatted()).unwrap())
}

#[test]
fn it_has_a_text_and_an_html_part_and_an_id_to_drop_repeats_by() {
    let text = written(&mail("ana@shop.example", "Zażółć")).unwrap();
    for part in [
        "Message-ID: <out_1@console.example>\r\n",
        "To: ana@shop.example\r\n",
        "Date: Sun, 01 Mar 2026 12:00:00 +0000\r\n",
        "Auto-Submitted: auto-generated\r\n",
        "multipart/alternative",
        "text/plain; charset=utf-8",
        "text/html; charset=utf-8",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(text.contains("console@console.example>\r\n"));
    assert!(text.contains("Subject: =?utf-8?b?"), "{text}");
    assert!(text.find("text/plain") < text.find("text/html"), "the last part is preferred");
}

#[test]
fn no_value_can_begin_another_header() {
    let heads = |text: String| text.split("\r\n\r\n").next().unwrap().to_lowercase();
    for subject in
        ["Hi\r\nBcc: x@evil.example", "Hi\nBcc: x@evil.example", "é\rBcc: x@evil.example"]
    {
        let head = heads(written(&mail("ana@shop.example", subject)).unwrap());
        assert!(!head.lines().any(|line| line.starts_with("bcc")), "{head}");
        assert_eq!(head.matches("subject:").count(), 1);
    }
    for to in
        ["ana@shop.example\r\nBcc: x@evil.example", "a@b.example, c@d.example", "<a@b.example>", ""]
    {
        assert!(written(&mail(to, "Hi")).is_err(), "{to}");
    }
}

#[test]
fn an_answer_goes_to_whom_it_is_meant_for() {
    let to = |reply_to: &str| Mail {
        reply_to: Some(reply_to.to_owned()),
        ..mail("desk@shop.example", "Where is it?")
    };
    assert!(written(&to("ana@shop.example")).unwrap().contains("Reply-To: ana@shop.example\r\n"));
    assert!(written(&to("ana@shop.example\r\nBcc: all@shop.example")).is_err());
}

#[test]
fn a_stores_logo_goes_with_the_html_part() {
    let mut mail = mail("ana@shop.example", "Hi");
    mail.html = "<img src=\"cid:logo\">".to_owned();
    let from = "Store Manager <console@console.example>".parse().unwrap();
    let message = message(&mail, Some(b"\x89PNG".to_vec()), &from, "out_1", 0).unwrap();
    let text = String::from_utf8(message.formatted()).unwrap();
    for part in ["multipart/alternative", "multipart/related", "Content-ID: <logo>", "image/png"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(text.contains("Content-Disposition: inline") && text.contains("iVBORw=="), "{text}");
}
