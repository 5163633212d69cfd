//! Pictures: what kind of file something is by its contents, and pictures made anew.
//!
//! A picture is never passed on as it came. It is decoded within bounds and encoded again, so that
//! nothing is left of what was in the file besides the pixels: no place where it was taken, no name, no
//! second file hidden behind the first.

use bytes::Bytes;
use image::{
    DynamicImage, GenericImageView, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    imageops::FilterType,
};
use std::{io::Cursor, sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// The longest edge that is decoded (pixels).
const LONGEST_EDGE: u32 = 12_000;
/// The most pixels that are decoded: phones take 48 million.
const MOST_PIXELS: u64 = 64_000_000;
/// The most memory that decoding one picture takes (bytes); a picture of [`MOST_PIXELS`] in colour fits.
const MOST_MEMORY: u64 = 320 * 1024 * 1024;
/// How long a picture waits for its turn.
const PATIENCE: Duration = Duration::from_secs(30);
/// How well a JPEG is kept, of 100.
const JPEG_QUALITY: u8 = 85;

/// A kind of file that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A JPEG.
    Jpeg,
    /// A PNG.
    Png,
    /// A WebP.
    WebP,
    /// A PDF.
    Pdf,
    /// A ZIP: also what Office programs write.
    Zip,
    /// Text in UTF-8.
    Text,
}

impl Kind {
    /// What the first bytes say. `None` for everything that is not taken, SVG and HTML among it: they
    /// can hold scripts.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [b'P', b'K', 3, 4, ..] => Some(Self::Zip),
            _ => is_plain_text(bytes).then_some(Self::Text),
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Zip => "application/zip",
            Self::Text => "text/plain",
        }
    }

    /// The kind of a media type of ours.
    pub fn named(media_type: &str) -> Option<Self> {
        [Self::Jpeg, Self::Png, Self::WebP, Self::Pdf, Self::Zip, Self::Text].into_iter().find(|kind| kind.media_type() == media_type)
    }

    const fn format(self) -> Option<ImageFormat> {
        match self {
            Self::Jpeg => Some(ImageFormat::Jpeg),
            Self::Png => Some(ImageFormat::Png),
            Self::WebP => Some(ImageFormat::WebP),
            Self::Pdf | Self::Zip | Self::Text => None,
        }
    }

    /// Whether it is a picture.
    pub const fn is_picture(self) -> bool {
        self.format().is_some()
    }
}

/// UTF-8 without control characters, that does not begin as markup.
fn is_plain_text(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| {
        let text = text.trim_start_matches('\u{feff}');
        !text.trim_start().starts_with('<') && !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
    })
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPicture {
    /// It cannot be read.
    #[error("not a picture that can be read")]
    Broken,
    /// It has more pixels than are decoded.
    #[error("too many pixels")]
    TooLarge,
    /// Too many pictures wait. Later it may work.
    #[error("too many pictures at once")]
    Busy,
}

/// What to make of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A square of this edge out of the middle, as a JPEG; what is transparent becomes white.
    Square(u32),
    /// As a whole, no wider and no higher than this; as a PNG, which keeps what is transparent.
    Within(u32, u32),
    /// As a whole, no longer than this on any edge: a JPEG, or a PNG if part of it is transparent.
    Whole(u32),
}

/// A picture that we encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// JPEG or PNG.
    pub kind: Kind,
    /// The file.
    pub bytes: Bytes,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// Decodes and encodes pictures off the async threads, a bounded number at once: each may take
/// [`MOST_MEMORY`].
#[derive(Clone, Debug)]
pub struct Images {
    permits: Arc<Semaphore>,
}

impl Images {
    /// At most `parallel` pictures at once.
    pub fn new(parallel: usize) -> Self {
        Self { permits: Arc::new(Semaphore::new(parallel.max(1))) }
    }

    /// Width and height by the file's header, which is all that is read. A picture that is too large is
    /// refused here already.
    pub fn dimensions(kind: Kind, bytes: &[u8]) -> Result<(u32, u32), NoPicture> {
        let format = kind.format().ok_or(NoPicture::Broken)?;
        let (width, height) = ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().map_err(|_| NoPicture::Broken)?;
        let fits = width <= LONGEST_EDGE && height <= LONGEST_EDGE && u64::from(width) * u64::from(height) <= MOST_PIXELS;
        if fits { Ok((width, height)) } else { Err(NoPicture::TooLarge) }
    }

    /// Makes every one of `shapes` of the picture in `bytes`.
    pub async fn make(&self, kind: Kind, bytes: Bytes, shapes: &'static [Shape]) -> Result<Vec<Picture>, NoPicture> {
        let waiting = tokio::time::timeout(PATIENCE, Arc::clone(&self.permits).acquire_owned());
        let Ok(Ok(permit)) = waiting.await else { return Err(NoPicture::Busy) };
        let made = tokio::task::spawn_blocking(move || {
            // Held until the memory is free again, also when nobody waits for the picture any more.
            let _permit = permit;
            let decoded = decode(kind, &bytes)?;
            shapes.iter().map(|shape| shape.encode(&decoded)).collect()
        });
        // A decoder that panics has met a file that is no picture.
        made.await.unwrap_or(Err(NoPicture::Broken))
    }
}

/// Decodes within bounds, and turns the picture as its metadata says it was held.
fn decode(kind: Kind, bytes: &[u8]) -> Result<DynamicImage, NoPicture> {
    Images::dimensions(kind, bytes)?;
    let format = kind.format().ok_or(NoPicture::Broken)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_EDGE);
    limits.max_image_height = Some(LONGEST_EDGE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let fault =
        |error: image::ImageError| if matches!(error, image::ImageError::Limits(_)) { NoPicture::TooLarge } else { NoPicture::Broken };
    let mut decoder = reader.into_decoder().map_err(fault)?;
    let orientation = decoder.orientation().map_err(fault)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(fault)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

impl Shape {
    fn encode(self, picture: &DynamicImage) -> Result<Picture, NoPicture> {
        match self {
            Self::Square(edge) => jpeg(&square(picture, edge)),
            Self::Within(width, height) => png(&within(picture, width, height)),
            Self::Whole(edge) => {
                let scaled = within(picture, edge, edge);
                if is_opaque(&scaled) { jpeg(&scaled) } else { png(&scaled) }
            }
        }
    }
}

/// The largest square out of the middle, scaled to `edge`; a smaller one stays as large as it is.
fn square(picture: &DynamicImage, edge: u32) -> DynamicImage {
    let (width, height) = picture.dimensions();
    let side = width.min(height);
    let cut = picture.crop_imm((width - side) / 2, (height - side) / 2, side, side);
    if side > edge { cut.resize_exact(edge, edge, FilterType::Lanczos3) } else { cut }
}

fn within(picture: &DynamicImage, width: u32, height: u32) -> DynamicImage {
    if picture.width() > width || picture.height() > height { picture.resize(width, height, FilterType::Lanczos3) } else { picture.clone() }
}

fn is_opaque(picture: &DynamicImage) -> bool {
    !picture.color().has_alpha() || picture.to_rgba8().pixels().all(|pixel| pixel.0.last() == Some(&u8::MAX))
}

/// On white where it is transparent: a JPEG has no transparency.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let source = picture.to_rgba8();
    let mut flat = RgbImage::new(source.width(), source.height());
    for (to, from) in flat.pixels_mut().zip(source.pixels()) {
        let [red, green, blue, alpha] = from.0;
        let mix = |colour: u8| {
            let mixed = (u32::from(colour) * u32::from(alpha) + 255 * (255 - u32::from(alpha)) + 127) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        *to = Rgb([mix(red), mix(green), mix(blue)]);
    }
    flat
}

fn jpeg(picture: &DynamicImage) -> Result<Picture, NoPicture> {
    let mut bytes = Vec::new();
    on_white(picture).write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY)).map_err(|_| NoPicture::Broken)?;
    Ok(Picture { kind: Kind::Jpeg, bytes: bytes.into(), width: picture.width(), height: picture.height() })
}

fn png(picture: &DynamicImage) -> Result<Picture, NoPicture> {
    let mut bytes = Vec::new();
    picture.to_rgba8().write_with_encoder(PngEncoder::new(&mut bytes)).map_err(|_| NoPicture::Broken)?;
    Ok(Picture { kind: Kind::Png, bytes: bytes.into(), width: picture.width(), height: picture.height() })
}

#[cfg(test)]
mod tests;
