//! Files for the tests, good and bad.
use ::image::{DynamicImage, ImageFormat, RgbImage};
use std::io::Cursor;

/// An image with some structure in this format.
pub(super) fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let stripes = RgbImage::from_fn(width, height, |x, _| [(x / 16) as u8, 80, 160].into());
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(stripes).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A PNG chunk.
pub(super) fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut chunk = u32::try_from(data.len()).unwrap().to_be_bytes().to_vec();
    chunk.extend(kind);
    chunk.extend(data);
    let crc = crc32(&chunk[4..]);
    chunk.extend(crc.to_be_bytes());
    chunk
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| {
            if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 }
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// The beginning of a colour PNG of this size.
pub(super) fn png_of(width: u32, height: u32, bits: u8) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let sides = [width.to_be_bytes(), height.to_be_bytes()].concat();
    png.extend(chunk(b"IHDR", &[sides, vec![bits, 6, 0, 0, 0]].concat()));
    png.extend(chunk(b"IDAT", &[0x78, 0x9c, 3, 0, 0, 0, 0, 1]));
    png.extend(chunk(b"IEND", b""));
    png
}

/// The data of a compressed comment of 36 million zeros: what an image of nothing holds.
pub(super) fn zeros_packed() -> Vec<u8> {
    let black = DynamicImage::from(RgbImage::new(6000, 2000));
    let mut bytes = Cursor::new(Vec::new());
    black.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let png = bytes.into_inner();
    let start = png.windows(4).position(|w| w == b"IDAT").unwrap() + 4;
    [b"Comment\0\0".as_slice(), &png[start..png.len() - 16]].concat()
}

/// The JPEG with Exif data that says "turn by 90 degrees" and this text.
pub(super) fn with_exif(jpeg: &[u8], text: &str) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend([1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]); // orientation: 6
    exif.extend([1, 0x0e, 0, 2, 0, 0, 0]); // description: text at 38
    exif.push(u8::try_from(text.len() + 1).unwrap());
    exif.extend([0, 0, 0, 38, 0, 0, 0, 0]);
    exif.extend(text.as_bytes());
    exif.push(0);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let segment = [b"\xff\xe1".as_slice(), &length, &exif].concat();
    [&jpeg[..2], &segment, &jpeg[2..]].concat()
}
