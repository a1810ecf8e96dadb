/** Waits until the Worker has taken the messages that have arrived by now. */
export function messagesArrived(): Promise<void> {
  return new Promise((arrived) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      arrived();
    };
    port2.postMessage(undefined);
  });
}
