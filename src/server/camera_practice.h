// A live practice in front of a camera: JPEG pictures in, messages for the page out.
//
// Belongs to the vision thread; start() may be called on another one before the first picture.
#pragma once

#include <utility>

#include "core/base/result.h"
#include "practice/pose_estimator.h"
#include "protocol/client_messages.h"
#include "protocol/lesson_stream.h"
#include "vision/video/jpeg_decoder.h"

namespace matside::server {

/// A lesson stream with the decoder and the pose estimator that feed it.
class CameraPractice {
 public:
  using Reply = protocol::LessonStream::Reply;

  CameraPractice(protocol::LessonStream stream, video::JpegDecoder jpegs,
                 practice::PoseEstimator estimator)
      : stream_(std::move(stream)),
        jpegs_(std::move(jpegs)),
        estimator_(std::move(estimator)) {}

  /// The messages before the first picture.
  Reply start() { return stream_.start(); }
  /// Takes the next picture. Its "frame_done" comes last, or the summary.
  /// @returns ErrorKind::input when it isn't a JPEG picture, ErrorKind::model when a network
  ///   fails
  base::Result<Reply> process_frame(const protocol::ClientFrame& frame);
  /// The person's own messages: Pause, Resume, CameraBack, PageSays, Comfort or Stop.
  template <class Message>
  Reply handle(const Message& message) {
    return stream_.handle(message);
  }

 private:
  protocol::LessonStream stream_;
  video::JpegDecoder jpegs_;
  practice::PoseEstimator estimator_;
};

}  // namespace matside::server
