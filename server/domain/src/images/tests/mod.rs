mod files;

use super::{
    convert::{Converted, convert},
    *,
};
use crate::{
    Domain, Error,
    access::{SectionEdit, section_edit},
    audit, both_engines,
    testing::{audited, company, count, execute, person},
};
use ::image::{DynamicImage, ImageFormat, RgbaImage, load_from_memory};
use files::{chunk, encoded, png_of, with_exif};
use model::{
    ImageId,
    check::Fault,
    settings::{Settings as _, StoreDetails},
};

/// Stores a small image for the section's logo.
pub(crate) async fn upload(domain: &Domain, access: &SectionEdit) -> ImageId {
    let bytes = encoded(8, 8, ImageFormat::Png);
    store_image(domain, access, "logo", bytes).await.unwrap()
}

fn good(bytes: &[u8]) -> (Converted, DynamicImage) {
    let converted = convert(bytes).unwrap();
    let drawn = load_from_memory(&converted.bytes).unwrap();
    assert_eq!((drawn.width(), drawn.height()), (converted.width, converted.height));
    (converted, drawn)
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn every_accepted_kind_is_drawn_anew() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif] {
        let (converted, _) = good(&encoded(40, 30, format));
        assert_eq!((converted.width, converted.height), (40, 30), "{format:?}");
        assert!(["image/png", "image/webp"].contains(&converted.content_type));
    }
}

#[test]
fn large_images_are_scaled_to_fit_and_small_ones_stay() {
    let (converted, _) = good(&encoded(3000, 1500, ImageFormat::Jpeg));
    assert_eq!((converted.width, converted.height), (512, 256));
    let (converted, _) = good(&encoded(1, 1, ImageFormat::Png));
    assert_eq!((converted.width, converted.height), (1, 1));
    let (converted, _) = good(&encoded(6000, 1, ImageFormat::Png));
    assert_eq!((converted.width, converted.height), (512, 1));
}

#[test]
fn transparency_stays() {
    let clear = DynamicImage::from(RgbaImage::new(4, 4));
    let mut bytes = std::io::Cursor::new(Vec::new());
    clear.write_to(&mut bytes, ImageFormat::Png).unwrap();
    assert_eq!(good(&bytes.into_inner()).1.to_rgba8().get_pixel(0, 0).0[3], 0);
}

#[test]
fn what_is_no_image_is_refused_whatever_it_claims() {
    let png = encoded(8, 8, ImageFormat::Png);
    let truncated = &encoded(64, 64, ImageFormat::Jpeg)[..40];
    for bytes in [
        b"".as_slice(),
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
        b"<?xml version=\"1.0\"?><svg/>",
        b"%PDF-1.7",
        b"BM\x46\0\0\0\0\0\0\0",
        b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
        b"GIF89a",
        b"\xff\xd8\xff\xe0 not a photograph",
        truncated,
        &png[..png.len() / 2],
    ] {
        assert_eq!(
            convert(bytes).unwrap_err(),
            Fault::Image,
            "{:?}",
            &bytes[..bytes.len().min(20)]
        );
    }
}

#[test]
fn files_and_images_that_are_too_large_are_refused() {
    let mut bytes = encoded(8, 8, ImageFormat::Png);
    bytes.resize(MAX_BYTES + 1, 0);
    assert_eq!(convert(&bytes).unwrap_err(), Fault::FileTooLarge { megabytes: 4 });
    let too_large = Fault::ImageTooLarge { pixels: 6000 };
    for (width, height, bits) in
        [(6001, 1, 8), (1, 6001, 8), (60_000, 60_000, 8), (5_000, 5_000, 16)]
    {
        // The header alone says so: there are no pixels behind it.
        assert_eq!(
            convert(&png_of(width, height, bits)).unwrap_err(),
            too_large,
            "{width} × {height}"
        );
    }
}

#[test]
fn a_small_file_that_claims_many_pixels_costs_one_image_at_most() {
    // 36 megapixels in a few kilobytes: within the limits, drawn once and scaled down.
    let bomb = encoded(6000, 6000, ImageFormat::Png);
    assert!(bomb.len() < MAX_BYTES);
    assert_eq!(good(&bomb).0.width, 512);
    // Text that unpacks to more than fits into memory is not unpacked.
    let mut bomb = encoded(8, 8, ImageFormat::Png);
    let end = bomb.len() - 12;
    bomb.splice(end..end, chunk(b"zTXt", &files::zeros_packed()));
    assert!(convert(&bomb).is_ok_and(|c| c.bytes.len() < 1_000));
}

#[test]
fn nothing_of_the_file_but_its_pixels_goes_on() {
    let mut png = encoded(8, 8, ImageFormat::Png);
    png.splice(33..33, chunk(b"tEXt", b"Comment\0SECRET-PLACE"));
    png.extend(b"<script>SECRET-PLACE</script>");
    assert!(!contains(&good(&png).0.bytes, "SECRET"));
    let jpeg = with_exif(&encoded(40, 30, ImageFormat::Jpeg), "SECRET-PLACE");
    assert!(contains(&jpeg, "SECRET"));
    let (converted, _) = good(&jpeg);
    assert!(!contains(&converted.bytes, "SECRET") && !contains(&converted.bytes, "Exif"));
    assert_eq!((converted.width, converted.height), (30, 40), "it is turned as the camera said");
}

both_engines! {
    async fn members_of_the_store_see_its_images_and_nobody_else(t: TestDomain) {
        let company = company(&t.domain, "Casa Ana").await;
        let access = section_edit(&t.domain, &company.owner, &company.store, StoreDetails::SECTION).await.unwrap();
        let id = upload(&t.domain, &access).await;
        let (content_type, bytes) = image(&t.domain, &company.owner, &id).await.unwrap().unwrap();
        assert!(content_type.starts_with("image/") && load_from_memory(&bytes).is_ok());
        let stranger = person(&t.domain, "eva.cruz@other.example").await;
        assert_eq!(image(&t.domain, &stranger, &id).await.unwrap(), None);
        assert_eq!(image(&t.domain, &company.owner, &ImageId::from_u128(1)).await.unwrap(), None);
        assert_eq!(audited(&t.domain, "image.upload").await, 1);
        assert_eq!(audit::verify(&t.domain).await.unwrap().broken, []);
    }

    async fn a_refused_file_leaves_nothing_and_names_its_field(t: TestDomain) {
        let company = company(&t.domain, "Casa Ana").await;
        let access = section_edit(&t.domain, &company.owner, &company.store, StoreDetails::SECTION).await.unwrap();
        match store_image(&t.domain, &access, "logo", b"<svg/>".to_vec()).await {
            Err(Error::Invalid(errors)) => {
                assert_eq!((errors[0].field.as_str(), errors[0].fault), ("logo", Fault::Image));
            }
            other => panic!("{other:?}"),
        }
        let wrong = store_image(&t.domain, &access, "name", encoded(8, 8, ImageFormat::Png)).await;
        assert!(matches!(wrong, Err(Error::NotFound)));
        execute(&t.domain, "UPDATE store_member SET role = 'marketer'").await;
        let denied = store_image(&t.domain, &access, "logo", encoded(8, 8, ImageFormat::Png)).await;
        assert!(matches!(denied, Err(Error::Forbidden(_))));
        assert_eq!(count(&t.domain, "SELECT COUNT(*) AS n FROM image").await, 0);
        assert_eq!(audited(&t.domain, "image.upload").await, 0);
    }
}
