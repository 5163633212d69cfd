use super::*;
use image::Rgba;

/// A PNG of one colour.
fn plain(width: u32, height: u32, pixel: [u8; 4]) -> Vec<u8> {
    let mut bytes = Vec::new();
    image::RgbaImage::from_pixel(width, height, Rgba(pixel)).write_with_encoder(PngEncoder::new(&mut bytes)).unwrap();
    bytes
}

/// A JPEG, red on the left and blue on the right.
fn two_sides(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) })
        .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 95))
        .unwrap();
    bytes
}

/// The same JPEG with an Exif segment: how it was held, and where it was taken.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    exif.extend_from_slice(&[0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    exif.extend_from_slice(&[0, 0, 0, 0]);
    // The GPS directory: one entry, the reference of the latitude.
    exif.extend_from_slice(&[0, 1, 0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0, 0, 0, 0, 0]);
    exif.extend_from_slice(b"GPS-SECRET-PLACE");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

async fn make(bytes: Vec<u8>, shapes: &'static [Shape]) -> Result<Vec<Picture>, NoPicture> {
    let kind = Kind::of(&bytes).ok_or(NoPicture::Broken)?;
    Images::new(1).make(kind, bytes.into(), shapes).await
}

#[test]
fn a_file_is_what_its_first_bytes_say() {
    for (bytes, kind) in [
        (two_sides(4, 4).as_slice(), Some(Kind::Jpeg)),
        (&plain(1, 1, [0; 4]), Some(Kind::Png)),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Some(Kind::WebP)),
        (b"%PDF-1.7\n", Some(Kind::Pdf)),
        (b"PK\x03\x04rest", Some(Kind::Zip)),
        ("Día 1\n".as_bytes(), Some(Kind::Text)),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"\xef\xbb\xbf  <!doctype html>", None),
        (b"MZ\x90\0\x03", None),
        (b"GIF89a\x01\0\x01\0\0\0\0", None),
        (b"\x7fELF", None),
    ] {
        assert_eq!(Kind::of(bytes), kind, "{}", String::from_utf8_lossy(bytes));
    }
}

#[tokio::test]
async fn nothing_but_the_pixels_is_left() {
    let sent = with_exif(&two_sides(40, 20), 1);
    assert!(contains(&sent, b"GPS-SECRET-PLACE") && contains(&sent, b"Exif"));
    for picture in make(sent, &[Shape::Square(16), Shape::Within(30, 30), Shape::Whole(4000)]).await.unwrap() {
        assert!(!contains(&picture.bytes, b"GPS-SECRET-PLACE") && !contains(&picture.bytes, b"Exif"), "{:?}", picture.kind);
        assert_eq!(Kind::of(&picture.bytes), Some(picture.kind));
    }
}

#[tokio::test]
async fn a_file_behind_the_picture_is_gone() {
    let mut polyglot = two_sides(40, 20);
    polyglot.extend_from_slice(b"<script>alert(1)</script>PK\x03\x04");
    let made = make(polyglot, &[Shape::Whole(4000)]).await.unwrap();
    assert!(!contains(&made[0].bytes, b"<script>") && !contains(&made[0].bytes, b"PK\x03\x04"));
}

#[tokio::test]
async fn a_picture_is_turned_as_it_was_held() {
    // 6: held with its right side down, so the left becomes the top.
    let made = make(with_exif(&two_sides(40, 20), 6), &[Shape::Within(100, 100)]).await.unwrap();
    assert_eq!((made[0].width, made[0].height), (20, 40));
    let upright = image::load_from_memory(&made[0].bytes).unwrap().to_rgb8();
    assert!(upright.get_pixel(10, 2).0[0] > 200, "red is at the top");
    assert!(upright.get_pixel(10, 37).0[2] > 200, "blue is at the bottom");
}

#[tokio::test]
async fn shapes_are_as_large_as_they_say_and_never_larger_than_what_came() {
    let made =
        make(two_sides(900, 600), &[Shape::Square(512), Shape::Square(192), Shape::Within(512, 160), Shape::Whole(300)]).await.unwrap();
    let sizes: Vec<(u32, u32)> = made.iter().map(|picture| (picture.width, picture.height)).collect();
    assert_eq!(sizes, [(512, 512), (192, 192), (240, 160), (300, 200)]);
    let small = make(two_sides(50, 40), &[Shape::Square(512), Shape::Within(512, 160)]).await.unwrap();
    assert_eq!((small[0].width, small[1].width, small[1].height), (40, 50, 40));
}

#[tokio::test]
async fn a_logo_stays_transparent_and_a_photo_becomes_white() {
    let made = make(plain(20, 20, [0, 0, 0, 0]), &[Shape::Within(100, 100), Shape::Square(20), Shape::Whole(100)]).await.unwrap();
    assert_eq!(made.iter().map(|picture| picture.kind).collect::<Vec<_>>(), [Kind::Png, Kind::Jpeg, Kind::Png]);
    assert_eq!(image::load_from_memory(&made[0].bytes).unwrap().to_rgba8().get_pixel(5, 5).0[3], 0);
    assert!(image::load_from_memory(&made[1].bytes).unwrap().to_rgb8().get_pixel(5, 5).0.iter().all(|colour| *colour > 250));
}

/// A PNG whose header says that it is `width` × `height`, with next to nothing behind it.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = plain(1, 1, [0; 4]);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let check = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&check.to_be_bytes());
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

#[tokio::test]
async fn a_bomb_is_refused_by_its_header() {
    for (width, height) in [(60_000, 60_000), (12_001, 10), (11_000, 11_000), (u32::MAX / 2, 1)] {
        assert_ne!(Images::dimensions(Kind::Png, &bomb(width, height)), Ok((width, height)), "{width}×{height}");
        assert!(make(bomb(width, height), &[Shape::Square(512)]).await.is_err());
    }
    assert_eq!(Images::dimensions(Kind::Png, &bomb(11_000, 11_000)), Err(NoPicture::TooLarge));
    assert_eq!(Images::dimensions(Kind::Png, &bomb(1000, 1000)), Ok((1000, 1000)), "the rule is about size alone");
    assert_eq!(make(bomb(1000, 1000), &[Shape::Square(512)]).await, Err(NoPicture::Broken), "and what is not behind the header is missed");
}

#[tokio::test]
async fn what_only_begins_as_a_picture_is_none() {
    for bytes in [b"\xff\xd8\xff\xe0 and then text".to_vec(), two_sides(100, 100)[..300].to_vec()] {
        assert_eq!(make(bytes, &[Shape::Square(16)]).await, Err(NoPicture::Broken));
    }
}
