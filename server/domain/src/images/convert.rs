use ::image::{
    DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits, guess_format,
    imageops::FilterType, metadata::Orientation,
};
use model::check::Fault;
use std::io::Cursor;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The largest side of an image that is decoded, in pixels.
pub const MAX_SIDE: u32 = 6000;
/// The largest side of an image that is stored, in pixels.
pub const SIDE: u32 = 512;
/// Memory for a decoder: the largest image at eight bits a channel, and some more.
const MAX_MEMORY: u64 = 160 * 1024 * 1024;

/// An image, drawn anew.
#[derive(Debug)]
pub(super) struct Converted {
    pub(super) content_type: &'static str,
    pub(super) bytes: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// Draws an uploaded file anew. Its type is told from its content; names and headers do not count.
pub(super) fn convert(bytes: &[u8]) -> Result<Converted, Fault> {
    if bytes.len() > MAX_BYTES {
        return Err(Fault::FileTooLarge { megabytes: (MAX_BYTES >> 20) as u32 });
    }
    let format = guess_format(bytes).map_err(|_| Fault::Image)?;
    use ImageFormat::{Gif, Jpeg, Png, WebP};
    if !matches!(format, Png | Jpeg | WebP | Gif) {
        return Err(Fault::Image);
    }
    let drawn = shrink(decode(bytes, format)?);
    // Eight bits a channel, alpha only where there is some; nothing but pixels goes on.
    let drawn = if drawn.color().has_alpha() {
        DynamicImage::from(drawn.into_rgba8())
    } else {
        DynamicImage::from(drawn.into_rgb8())
    };
    let png = encode(&drawn, Png)?;
    let webp = encode(&drawn, WebP)?;
    let (content_type, bytes) =
        if webp.len() < png.len() { ("image/webp", webp) } else { ("image/png", png) };
    Ok(Converted { content_type, bytes, width: drawn.width(), height: drawn.height() })
}

/// The largest logo in a mail, in pixels; shown at half that size, sharp also on fine screens.
const LOGO: (u32, u32) = (480, 128);

/// Width and height at which a logo of these pixels is shown in a mail.
pub(crate) fn logo_size(width: u32, height: u32) -> (u32, u32) {
    let (width, height) = (f64::from(width.max(1)), f64::from(height.max(1)));
    let shrink = (f64::from(LOGO.0) / width).min(f64::from(LOGO.1) / height).min(1.0) / 2.0;
    let side = |pixels: f64| ((pixels * shrink).round() as u32).max(1);
    (side(width), side(height))
}

/// One of our own images as a PNG of a logo's size.
pub(super) fn portable(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let format = guess_format(bytes).map_err(|_| Fault::Image)?;
    let image = decode(bytes, format)?;
    let fits = image.width() <= LOGO.0 && image.height() <= LOGO.1;
    let drawn = if fits { image } else { image.resize(LOGO.0, LOGO.1, FilterType::Lanczos3) };
    encode(&drawn, ImageFormat::Png)
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Fault> {
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format)
        .into_decoder()
        .map_err(|error| fault(&error))?;
    // The header tells the size; a bomb is refused before a pixel is drawn.
    let (width, height) = decoder.dimensions();
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(Fault::ImageTooLarge { pixels: MAX_SIDE });
    }
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(MAX_SIDE), Some(MAX_SIDE));
    limits.max_alloc = Some(MAX_MEMORY);
    if decoder.total_bytes() > MAX_MEMORY {
        return Err(Fault::ImageTooLarge { pixels: MAX_SIDE });
    }
    decoder.set_limits(limits).map_err(|error| fault(&error))?;
    // Cameras store a turned image as it is and say how to turn it: that goes with the metadata.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
    image.apply_orientation(orientation);
    Ok(image)
}

fn fault(error: &ImageError) -> Fault {
    match error {
        ImageError::Limits(_) => Fault::ImageTooLarge { pixels: MAX_SIDE },
        _ => Fault::Image,
    }
}

fn shrink(image: DynamicImage) -> DynamicImage {
    let largest = image.width().max(image.height());
    if largest <= SIDE {
        return image;
    }
    // A quick first step spares the good filter most of a large photograph.
    let near = if largest > 4 * SIDE { image.thumbnail(2 * SIDE, 2 * SIDE) } else { image };
    near.resize(SIDE, SIDE, FilterType::Lanczos3)
}

fn encode(image: &DynamicImage, format: ImageFormat) -> Result<Vec<u8>, Fault> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).map_err(|_| Fault::Image)?;
    Ok(bytes.into_inner())
}
